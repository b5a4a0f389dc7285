/** Events as bytes. Not for users. */
@NullMarked
package dev.countersign.client.internal.event;

import org.jspecify.annotations.NullMarked;
