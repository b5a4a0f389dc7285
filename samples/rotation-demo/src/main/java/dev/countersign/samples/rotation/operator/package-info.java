/** What an operator has in hand: the collector's administration API and each back end's ring files. */
@NullMarked
package dev.countersign.samples.rotation.operator;

import org.jspecify.annotations.NullMarked;
