/** Who is using the app. Not for users. */
@NullMarked
package dev.countersign.client.internal.session;

import org.jspecify.annotations.NullMarked;
