/** A token back end on Spring Boot: logs users in and hands each one the proof of their own identity. */
@NullMarked
package dev.countersign.samples.backends.spring;

import org.jspecify.annotations.NullMarked;
