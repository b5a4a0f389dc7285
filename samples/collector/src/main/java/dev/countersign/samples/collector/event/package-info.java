/** What a client sends: reading events out of JSON, with the limits of the wire protocol. Knows nothing of keys or storage. */
@NullMarked
package dev.countersign.samples.collector.event;

import org.jspecify.annotations.NullMarked;
