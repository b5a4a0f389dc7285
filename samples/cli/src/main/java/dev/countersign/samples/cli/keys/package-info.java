/** Rotation by hand: {@code countersign keys new | promote | retire | revoke | list | next}. */
@NullMarked
package dev.countersign.samples.cli.keys;

import org.jspecify.annotations.NullMarked;
