/** Several collectors on one Kafka topic and one PostgreSQL database, in the place of the embedded storage. */
@NullMarked
package dev.countersign.samples.collector.scaled;

import org.jspecify.annotations.NullMarked;
