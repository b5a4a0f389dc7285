/** Engines of the scaled collector as plain processes on loopback, without containers. */
@NullMarked
package dev.countersign.samples.engines;

import org.jspecify.annotations.NullMarked;
