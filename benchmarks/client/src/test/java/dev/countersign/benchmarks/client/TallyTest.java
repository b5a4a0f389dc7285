package dev.countersign.benchmarks.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void repeatsAndRefusals_areNotTakenForDeliveries() throws InterruptedException {
        tally.add(body("{'batch':[{'seq':1},{'seq':20}]}"), 50, true);
        tally.add(body("{'batch':[{'seq':20},{'a':1,'seq':3,'b':2}]}"), 40, true);
        tally.add(body("{'batch':[{'seq':4}]}"), 30, false);
        tally.add(body("{'flags':true}"), 10, true);
        assertEquals("3 4 3 90", tally.await(0, 0, 0), "different events, events, requests, bytes");
    }

    @Test
    void texts_areCounted() {
        assertEquals(2, Tally.count(body("{'events':[{'id':'a'},{'id':'b'}]}"), "{\"id\":"));
        assertEquals(0, Tally.count(body("{}"), "{\"id\":"));
    }

    private static byte[] body(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
