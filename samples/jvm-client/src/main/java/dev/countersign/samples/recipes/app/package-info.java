/** What an app does with the client, one file for each thing that people look for. */
@NullMarked
package dev.countersign.samples.recipes.app;

import org.jspecify.annotations.NullMarked;
