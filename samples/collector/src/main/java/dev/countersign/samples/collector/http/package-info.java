/** What all routes share: the shape of an error and the health check. */
@NullMarked
package dev.countersign.samples.collector.http;

import org.jspecify.annotations.NullMarked;
