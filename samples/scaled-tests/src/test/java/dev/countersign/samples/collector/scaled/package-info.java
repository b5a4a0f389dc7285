/** Kafka, PostgreSQL and the collectors on them, under load and under faults. */
package dev.countersign.samples.collector.scaled;
