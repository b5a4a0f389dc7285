/** A network link that can be cut. */
@NullMarked
package dev.countersign.samples.rotation.link;

import org.jspecify.annotations.NullMarked;
