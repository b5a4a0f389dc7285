/** Says why a proof fails, in one sentence with its fix. For administrators, off the hot path. */
@NullMarked
package dev.countersign.server.diagnosis;

import org.jspecify.annotations.NullMarked;
