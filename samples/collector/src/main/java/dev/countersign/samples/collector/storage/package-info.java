/** The storage seam ({@code Database}, {@code EventStore}) and its implementation in one SQLite file. */
@NullMarked
package dev.countersign.samples.collector.storage;

import org.jspecify.annotations.NullMarked;
