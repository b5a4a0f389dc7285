/** The client processes: apps that use the client SDK. */
@NullMarked
package dev.countersign.samples.rotation.client;

import org.jspecify.annotations.NullMarked;
