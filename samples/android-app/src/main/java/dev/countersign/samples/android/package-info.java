/** An app to copy from: it logs in at its own back end and sends events with proofs. */
@NullMarked
package dev.countersign.samples.android;

import org.jspecify.annotations.NullMarked;
