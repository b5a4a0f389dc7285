/** A collector: the platform's side of identity verification, on one machine with no set-up. */
@NullMarked
package dev.countersign.samples.collector;

import org.jspecify.annotations.NullMarked;
