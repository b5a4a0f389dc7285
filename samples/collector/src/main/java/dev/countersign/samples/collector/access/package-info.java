/** Who may administer: credentials with roles, sessions of the dashboard, and the log of what was done. */
@NullMarked
package dev.countersign.samples.collector.access;

import org.jspecify.annotations.NullMarked;
