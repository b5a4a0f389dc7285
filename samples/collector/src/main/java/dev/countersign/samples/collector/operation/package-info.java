/** What keeps a collector running: housekeeping, health and metrics. */
@NullMarked
package dev.countersign.samples.collector.operation;

import org.jspecify.annotations.NullMarked;
