/** The pages for people: rendered here, escaped by the templates, readable without scripts. */
@NullMarked
package dev.countersign.samples.collector.dashboard;

import org.jspecify.annotations.NullMarked;
