/** Environments and their signing keys, as they lie in the database. Secrets are encrypted at rest. */
@NullMarked
package dev.countersign.samples.collector.environment;

import org.jspecify.annotations.NullMarked;
