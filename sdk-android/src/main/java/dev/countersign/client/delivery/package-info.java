/** What becomes of events: outcomes, callbacks, listener, logger. */
@NullMarked
package dev.countersign.client.delivery;

import org.jspecify.annotations.NullMarked;
