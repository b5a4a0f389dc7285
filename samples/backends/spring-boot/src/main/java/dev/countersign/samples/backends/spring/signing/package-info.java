/**
 * What signs for the logged-in user: settings, key rings, health and metrics. It knows nothing of this application's
 * log-in and web layer, so that moving this package and its auto-configuration to a jar makes a starter.
 */
@NullMarked
package dev.countersign.samples.backends.spring.signing;

import org.jspecify.annotations.NullMarked;
