/** Tests of the collector over real HTTP, with a real database file. */
package dev.countersign.samples.collector;
