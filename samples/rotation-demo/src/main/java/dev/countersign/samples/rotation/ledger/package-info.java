/** What was tracked against what is stored, event by event, and the verdict. */
@NullMarked
package dev.countersign.samples.rotation.ledger;

import org.jspecify.annotations.NullMarked;
