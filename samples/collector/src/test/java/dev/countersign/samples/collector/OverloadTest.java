package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.http.BodiesInFlight;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More than the collector can hold is turned away, and costs no memory. */
@Timeout(120)
class OverloadTest extends CollectorTest {
    private static final int REQUESTS = 200;

    @Test
    void smallBodiesThatUnpackToLargeOnes_areHeldUpToTheLimit_andTheRestIsTurnedAway() {
        TestEnvironment environment = client.environment("hmac-hex", "STRICT", "ALLOW");
        environment.createKey();
        BodiesInFlight bodies = collector.bean(BodiesInFlight.class);
        String json = "{\"events\":[" + refused(30) + "," + accepted() + "]}";
        byte[] gzip = TestClient.gzip(json);
        long max = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);
        long most = max / json.length();
        assertTrue(gzip.length < json.length() / 50 && most < REQUESTS, gzip.length + " for " + json.length());
        long start = System.nanoTime();
        TestStorage.Held store = storage.hold(collector);

        ExecutorService senders = Executors.newFixedThreadPool(REQUESTS);
        List<CompletableFuture<Answer>> answers = IntStream.range(0, REQUESTS)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> client.ingestGzip(environment.apiKey(), "/batch", gzip), senders))
                .toList();
        long patience = System.nanoTime() + 30_000_000_000L;
        while (answers.stream().filter(CompletableFuture::isDone).count() < REQUESTS - most) {
            assertTrue(System.nanoTime() < patience, "too few requests are turned away");
            LockSupport.parkNanos(1_000_000);
        }
        long held = bodies.held();
        store.close();
        boolean inTime = System.nanoTime() - start < 9_000_000_000L;
        List<Answer> all = answers.stream().map(CompletableFuture::join).toList();
        senders.shutdown();

        assertTrue(held <= max && held > max / 2, "held " + held);
        assertEquals(0, bodies.held());
        var byStatus = all.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
        long turnedAway = byStatus.get(429);
        // A store that is held up for longer than it waits says so: 503.
        assertTrue(
                inTime ? byStatus.getOrDefault(200, 0L) == REQUESTS - turnedAway : !byStatus.containsKey(500),
                byStatus.toString());
        assertTrue(REQUESTS - turnedAway > most / 2, byStatus.toString());
        assertTrue(all.stream()
                .filter(answer -> answer.status() == 429)
                .allMatch(answer -> answer.at("error", "code").equals("OVERLOADED")
                        && answer.response().headers().firstValue("Retry-After").isPresent()));
        Answer afterwards = client.ingestGzip(environment.apiKey(), "/batch", gzip);
        while (afterwards.status() == 503) { // A broker that was away for long first finds its way back.
            afterwards = client.ingestGzip(environment.apiKey(), "/batch", gzip);
        }
        assertEquals(200, afterwards.status());
    }

    /** Events of 30 KB each that nobody proved: what is refused must be remembered until the answer, too. */
    private static String refused(int events) {
        return IntStream.range(0, events)
                .mapToObj(i -> Events.track(
                        "0199a5a0-0000-7000-8000-000000000000",
                        Events.user("u_1"),
                        "\"properties\":{\"x\":\"" + "y".repeat(30_000) + "\"}"))
                .collect(Collectors.joining(","));
    }

    private static String accepted() {
        return Events.track(Events.id(), Events.anonymous("a_1"));
    }
}
