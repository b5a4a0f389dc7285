/** The demo's driver: starts everything, rotates the keys under load and gives the verdict. */
@NullMarked
package dev.countersign.samples.rotation;

import org.jspecify.annotations.NullMarked;
