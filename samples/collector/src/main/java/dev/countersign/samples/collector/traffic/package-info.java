/** What came in and what became of it: counts by time, reason and app version that outlive a restart, and the latest events. */
@NullMarked
package dev.countersign.samples.collector.traffic;

import org.jspecify.annotations.NullMarked;
