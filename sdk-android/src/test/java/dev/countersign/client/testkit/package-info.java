/**
 * For the tests of apps: a real client whose time and threads the test holds in its hands, and a collector whose answers
 * it writes. Needs {@code com.squareup.okhttp3:mockwebserver}, and no test framework.
 */
package dev.countersign.client.testkit;
