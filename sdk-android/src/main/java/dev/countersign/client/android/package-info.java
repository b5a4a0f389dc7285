/**
 * The client on Android, API 21 and later; the only package that knows Android. Start at {@link
 * dev.countersign.client.android.CountersignAndroid}.
 */
@NullMarked
package dev.countersign.client.android;

import org.jspecify.annotations.NullMarked;
