/** Whether an event's proofs hold, and what the environment's enforcement makes of that. */
@NullMarked
package dev.countersign.samples.collector.judging;

import org.jspecify.annotations.NullMarked;
