/** What the operator gets: lines or JSON, exit codes, errors without secrets. */
@NullMarked
package dev.countersign.samples.cli.output;

import org.jspecify.annotations.NullMarked;
