/** Starts the packaged program: run by Maven once the jar is there. */
package dev.countersign.samples.cli.process;
