package dev.countersign.benchmarks;

/** What a call of a row took at one time: CPU time of its thread and bytes allocated. */
record Sample(double nanos, double bytes) {}
