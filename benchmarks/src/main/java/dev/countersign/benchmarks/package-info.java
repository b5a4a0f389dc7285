/** Signing and verifying beside the peers. */
@NullMarked
package dev.countersign.benchmarks;

import org.jspecify.annotations.NullMarked;
