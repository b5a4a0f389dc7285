/** The environments as the ingest path sees them: cached keys, current policy, counters. */
@NullMarked
package dev.countersign.samples.collector.runtime;

import org.jspecify.annotations.NullMarked;
