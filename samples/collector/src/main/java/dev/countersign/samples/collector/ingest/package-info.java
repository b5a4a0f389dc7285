/** The ingest routes: read, judge, store, answer. */
@NullMarked
package dev.countersign.samples.collector.ingest;

import org.jspecify.annotations.NullMarked;
