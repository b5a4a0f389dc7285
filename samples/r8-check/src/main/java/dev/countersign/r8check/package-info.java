/** A small app as R8 sees it. */
@NullMarked
package dev.countersign.r8check;

import org.jspecify.annotations.NullMarked;
