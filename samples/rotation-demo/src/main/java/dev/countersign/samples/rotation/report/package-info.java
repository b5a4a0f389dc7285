/** The report page: one self-contained HTML file. */
@NullMarked
package dev.countersign.samples.rotation.report;

import org.jspecify.annotations.NullMarked;
