/** Speaks the wire protocol. Not for users. */
@NullMarked
package dev.countersign.client.internal.transport;

import org.jspecify.annotations.NullMarked;
