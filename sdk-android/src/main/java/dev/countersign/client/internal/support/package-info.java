/** Leaf helpers: time, ids, JSON bytes, checks. Not for users. */
@NullMarked
package dev.countersign.client.internal.support;

import org.jspecify.annotations.NullMarked;
