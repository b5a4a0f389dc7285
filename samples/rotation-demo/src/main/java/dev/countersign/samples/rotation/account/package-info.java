/** The live account: what every process says about itself, second by second. */
@NullMarked
package dev.countersign.samples.rotation.account;

import org.jspecify.annotations.NullMarked;
