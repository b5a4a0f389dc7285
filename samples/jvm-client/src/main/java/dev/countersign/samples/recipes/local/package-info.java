/** What the client's recipes run against, all on loopback: nothing to copy from. */
@NullMarked
package dev.countersign.samples.recipes.local;

import org.jspecify.annotations.NullMarked;
