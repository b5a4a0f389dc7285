/** What an event says. */
@NullMarked
package dev.countersign.client.event;

import org.jspecify.annotations.NullMarked;
