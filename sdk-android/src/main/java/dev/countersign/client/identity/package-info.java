/** Who an event comes from, and the proof of it. */
@NullMarked
package dev.countersign.client.identity;

import org.jspecify.annotations.NullMarked;
