/** Child processes that never outlive the demo. */
@NullMarked
package dev.countersign.samples.rotation.process;

import org.jspecify.annotations.NullMarked;
