/** Proofs that are an HMAC of the id: lower-case hex, Base64, or {@code hmac_v1:}. */
@NullMarked
package dev.countersign.server.hmac;

import org.jspecify.annotations.NullMarked;
