/** Proofs: {@code countersign sign | verify | diagnose}. */
@NullMarked
package dev.countersign.samples.cli.proof;

import org.jspecify.annotations.NullMarked;
