/** Files that survive a killed process: bytes without a meaning. Not for users. */
@NullMarked
package dev.countersign.client.internal.storage;

import org.jspecify.annotations.NullMarked;
