/** The forger: knows every user id and no secret. */
@NullMarked
package dev.countersign.samples.rotation.forger;

import org.jspecify.annotations.NullMarked;
