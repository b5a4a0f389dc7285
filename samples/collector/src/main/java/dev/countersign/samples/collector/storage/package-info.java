/** Where accepted events go: the storage seam and its SQLite implementation. */
@NullMarked
package dev.countersign.samples.collector.storage;

import org.jspecify.annotations.NullMarked;
