/** Holds events until they are delivered: bytes and an opaque owner tag. Not for users. */
@NullMarked
package dev.countersign.client.internal.queue;

import org.jspecify.annotations.NullMarked;
