/** Secrets, signing keys and the rings that hold them; loading and rotating a ring. */
@NullMarked
package dev.countersign.server.key;

import org.jspecify.annotations.NullMarked;
