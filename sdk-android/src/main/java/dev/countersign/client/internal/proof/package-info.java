/** Keeps and renews proofs. Not for users. */
@NullMarked
package dev.countersign.client.internal.proof;

import org.jspecify.annotations.NullMarked;
