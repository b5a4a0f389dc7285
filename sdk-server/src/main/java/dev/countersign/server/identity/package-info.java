/** What a proof says and why one is refused: the values that signers return and verifiers hand out. */
@NullMarked
package dev.countersign.server.identity;

import org.jspecify.annotations.NullMarked;
