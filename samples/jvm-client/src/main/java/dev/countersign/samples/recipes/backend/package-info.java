/** What a back end hands to its app or page, one file for each thing that people look for. */
@NullMarked
package dev.countersign.samples.recipes.backend;

import org.jspecify.annotations.NullMarked;
