/** A token back end on Micronaut: logs users in and hands each one the proof of their own identity. */
@NullMarked
package dev.countersign.samples.backends.micronaut;

import org.jspecify.annotations.NullMarked;
