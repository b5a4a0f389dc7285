/** Plans, sends and settles batches. Not for users. */
@NullMarked
package dev.countersign.client.internal.delivery;

import org.jspecify.annotations.NullMarked;
