/** The administration routes, behind their own credential. */
@NullMarked
package dev.countersign.samples.collector.admin;

import org.jspecify.annotations.NullMarked;
