/** Measures the client SDK beside its peers; not published. */
@NullMarked
package dev.countersign.benchmarks.client;

import org.jspecify.annotations.NullMarked;
