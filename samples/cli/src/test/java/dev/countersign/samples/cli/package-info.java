/** Runs the command line, in this process and as the operator does. */
package dev.countersign.samples.cli;
