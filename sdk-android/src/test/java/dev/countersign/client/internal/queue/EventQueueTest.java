package dev.countersign.client.internal.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.testkit.ManualClock;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The queue in memory; {@link DurableQueueTest} has the same on files. */
class EventQueueTest {
    private final List<QueuedEvent> full = new ArrayList<>();
    private final List<QueuedEvent> expired = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private final Drops drops = new Drops() {
        @Override
        public boolean countFull() {
            return true;
        }

        @Override
        public void fullEarlier(int events) {
            throw new AssertionError("no process was before this one");
        }

        @Override
        public void cleared(List<QueuedEvent> events) {
            throw new AssertionError("nothing was read from files");
        }

        @Override
        public void full(QueuedEvent oldest) {
            full.add(oldest);
        }

        @Override
        public void expired(List<QueuedEvent> events) {
            expired.addAll(events);
        }
    };

    private final EventQueue queue = new EventQueue(5, 100, clock, drops);

    @Test
    void aPeek_givesTheOldestOfTheseOwnersInOrderAndLeavesThem() {
        add("a", 1);
        add("b", 2);
        add("a", 3);
        add("c", 4);
        assertEquals(List.of(1L, 2L, 3L), sequences(queue.peek(List.of("b", "a"), 10, 1000)));
        assertEquals(List.of(2L), sequences(queue.peek(List.of("b", "nobody"), 10, 1000)));
        assertEquals(4, queue.size());
    }

    @Test
    void aPeek_keepsToItsLimitsButGivesOneAtLeast() {
        add("a", 40);
        add("a", 40);
        assertEquals(1, queue.peek(List.of("a"), 1, 1000).size());
        assertEquals(1, queue.peek(List.of("a"), 10, 79).size());
        assertEquals(2, queue.peek(List.of("a"), 10, 80).size());
        assertEquals(1, queue.peek(List.of("a"), 10, 1).size());
    }

    @Test
    void whatWasPut_comesOut() {
        clock.advance(77);
        queue.add("a", new byte[] {1, 2, 3, 4}, 3);
        QueuedEvent event = queue.peek(List.of("a"), 1, 10).get(0);
        assertArrayEquals(new byte[] {1, 2, 3}, Arrays.copyOf(event.bytes(), event.length()));
        assertEquals(77, event.queuedAtMillis());
        assertEquals("a", event.owner());
    }

    @Test
    void tooManyEvents_pushOutTheOldestAndTellIt() {
        for (int i = 0; i < 7; i++) {
            add("a", 1);
        }
        assertEquals(List.of(1L, 2L), sequences(full));
        assertEquals(5, queue.size());
        assertEquals(5, queue.bytes());
    }

    @Test
    void tooManyBytes_pushOutTheOldestAndTellIt() {
        add("a", 60);
        add("b", 30);
        add("c", 50);
        assertEquals(List.of(1L), sequences(full));
        assertEquals(Map.of("b", 1, "c", 1), queue.owners());
        assertEquals(80, queue.bytes());
    }

    @Test
    void whileABatchIsTakenOut_nobodyWaitsForAllOfIt() throws Exception {
        for (int i = 0; i < 3; i++) {
            add("a", 1);
        }
        Iterator<QueuedEvent> batch = queue.peek(List.of("a"), 3, 100).iterator();
        List<Long> added = new ArrayList<>();
        List<QueuedEvent> removed = queue.remove(new AbstractCollection<>() {
            @Override
            public Iterator<QueuedEvent> iterator() {
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return batch.hasNext();
                    }

                    @Override
                    public QueuedEvent next() {
                        added.add(CompletableFuture.supplyAsync(() -> queue.add("b", new byte[1], 1))
                                .orTimeout(10, TimeUnit.SECONDS)
                                .join()
                                .sequence());
                        return batch.next();
                    }
                };
            }

            @Override
            public int size() {
                return 3;
            }
        });
        assertEquals(List.of(1L, 2L, 3L), sequences(removed));
        assertEquals(List.of(4L, 5L, 6L), added);
    }

    @Test
    void removed_isGoneOnceAndAnEvictedOneIsPassedOver() {
        for (int i = 0; i < 5; i++) {
            add("a", 1);
        }
        List<QueuedEvent> batch = queue.peek(List.of("a"), 3, 100);
        add("a", 1);
        assertEquals(List.of(2L, 3L), sequences(queue.remove(batch)), "the first was evicted meanwhile");
        assertEquals(List.of(), queue.remove(batch));
        assertEquals(3, queue.size());
    }

    @Test
    void whatIsTooOld_isDroppedAndTold() {
        add("a", 1);
        clock.advance(10);
        add("a", 1);
        queue.expire(10);
        assertEquals(List.of(), expired);
        clock.advance(1);
        queue.expire(10);
        assertEquals(List.of(1L), sequences(expired));
        assertEquals(1, queue.size());
    }

    @Test
    void anOwnersEvents_canBeTakenOutTogether() {
        add("a", 1);
        add("b", 1);
        add("a", 1);
        assertEquals(List.of(1L, 3L), sequences(queue.removeAll(owner -> !owner.equals("b"))));
        assertEquals(Map.of("b", 1), queue.owners());
    }

    @Test
    void holdsUpTo_tellsWhetherAnythingThatOldIsLeft() {
        assertFalse(queue.holdsUpTo(0));
        add("a", 1);
        add("a", 1);
        assertTrue(queue.holdsUpTo(1));
        queue.remove(queue.peek(List.of("a"), 1, 10));
        assertFalse(queue.holdsUpTo(1));
        assertTrue(queue.holdsUpTo(queue.lastSequence()));
    }

    @Test
    void aClosedQueue_takesNothingAndGivesBackTheRest() {
        add("a", 1);
        add("b", 1);
        assertEquals(2, queue.close().size());
        assertNull(queue.add("a", new byte[1], 1));
        assertEquals(0, queue.size());
    }

    @Test
    void anySequenceOfCalls_agreesWithAPlainList() {
        Random random = new Random(7);
        EventQueue tested = new EventQueue(50, 100_000, clock, drops);
        List<QueuedEvent> model = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String owner = "o" + random.nextInt(4);
            if (random.nextInt(3) > 0) {
                int before = full.size();
                tested.add(owner, new byte[3], 3);
                model.removeAll(full.subList(before, full.size()));
                model.addAll(tested.peek(List.of(owner), 1000, 100_000).stream()
                        .filter(e -> e.sequence() == tested.lastSequence())
                        .toList());
            } else {
                List<QueuedEvent> some = tested.peek(List.of(owner), random.nextInt(6), 100_000);
                List<QueuedEvent> taken = random.nextBoolean() ? some : some.subList(some.size() / 2, some.size());
                tested.remove(taken);
                model.removeAll(taken);
            }
            assertEquals(model.size(), tested.size());
            assertEquals(model.size() * 3L, tested.bytes());
        }
        Map<String, Integer> counts = new TreeMap<>();
        model.forEach(event -> counts.merge(event.owner(), 1, Integer::sum));
        assertEquals(counts, tested.owners());
        assertEquals(sequences(model), sequences(tested.peek(counts.keySet(), 1000, 100_000)));
    }

    private void add(String owner, int bytes) {
        queue.add(owner, new byte[bytes], bytes);
    }

    private static List<Long> sequences(List<QueuedEvent> events) {
        return events.stream().map(QueuedEvent::sequence).toList();
    }
}
