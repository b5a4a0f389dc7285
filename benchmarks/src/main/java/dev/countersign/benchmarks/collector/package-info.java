/** The sample collector under load, beside a bare loop that parses, verifies and stores. */
@NullMarked
package dev.countersign.benchmarks.collector;

import org.jspecify.annotations.NullMarked;
