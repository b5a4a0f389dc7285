/** The command line: {@code countersign sign | verify | diagnose | keys}. */
@NullMarked
package dev.countersign.samples.cli;

import org.jspecify.annotations.NullMarked;
