/** The client: sends events with a proof of who they come from. Start at {@link dev.countersign.client.Countersign}. */
@NullMarked
package dev.countersign.client;

import org.jspecify.annotations.NullMarked;
