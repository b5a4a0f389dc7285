/** An app that is tested. */
@NullMarked
package dev.countersign.samples.shop;

import org.jspecify.annotations.NullMarked;
