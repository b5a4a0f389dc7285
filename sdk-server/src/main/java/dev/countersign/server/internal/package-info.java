/** Text encodings shared by the packages above. Not exported. */
@NullMarked
package dev.countersign.server.internal;

import org.jspecify.annotations.NullMarked;
