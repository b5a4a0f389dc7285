/** JSON over HTTP, as small as the demo needs it. */
@NullMarked
package dev.countersign.samples.rotation.wire;

import org.jspecify.annotations.NullMarked;
