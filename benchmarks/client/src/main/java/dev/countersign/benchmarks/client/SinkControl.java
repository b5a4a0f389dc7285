package dev.countersign.benchmarks.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Speaks to a {@link Sink}. */
record SinkControl(int port) {

    void outage(boolean on) {
        get("outage?on=" + on);
    }

    /** Waits until so many different events came, or none for {@code quietMillis}, or {@code mostMillis} passed. */
    Count await(long events, long quietMillis, long mostMillis) {
        String[] counts = get("await?events=" + events + "&quiet=" + quietMillis + "&most=" + mostMillis)
                .split(" ", -1);
        return new Count(
                Integer.parseInt(counts[0]),
                Long.parseLong(counts[1]),
                Long.parseLong(counts[2]),
                Long.parseLong(counts[3]));
    }

    /**
     * What came.
     *
     * @param different events accepted, repeats left out
     * @param events accepted
     * @param requests with events, refused ones too
     * @param bytes of accepted bodies, as they came
     */
    record Count(int different, long events, long requests, long bytes) {

        Count since(Count before) {
            return new Count(
                    different - before.different,
                    events - before.events,
                    requests - before.requests,
                    bytes - before.bytes);
        }

        double bytesPerEvent() {
            return (double) bytes / events;
        }

        double eventsPerRequest() {
            return (double) events / requests;
        }
    }

    private String get(String what) {
        try (InputStream in = URI.create("http://127.0.0.1:" + port + "/control/" + what)
                .toURL()
                .openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the sink does not answer", e);
        }
    }
}
