/**
 * What signs for the logged-in user: settings, key rings, health and metrics. It knows nothing of this application's
 * log-in and web layer, so that moving this package to a jar makes a library that an application only has to depend on.
 */
@NullMarked
package dev.countersign.samples.backends.micronaut.signing;

import org.jspecify.annotations.NullMarked;
