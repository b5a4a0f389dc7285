/** Ring files that several people and programs change. */
@NullMarked
package dev.countersign.samples.cli.ring;

import org.jspecify.annotations.NullMarked;
