/** What the operator gives: rings, secrets, proofs, times. Nothing secret comes in an argument. */
@NullMarked
package dev.countersign.samples.cli.input;

import org.jspecify.annotations.NullMarked;
