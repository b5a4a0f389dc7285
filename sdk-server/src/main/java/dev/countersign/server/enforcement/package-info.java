/** What happens to an event, given its proof and the environment's mode. Pure functions. */
@NullMarked
package dev.countersign.server.enforcement;

import org.jspecify.annotations.NullMarked;
