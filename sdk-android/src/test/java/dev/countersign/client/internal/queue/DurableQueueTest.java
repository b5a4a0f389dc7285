package dev.countersign.client.internal.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.testkit.ManualClock;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue on files: each test leaves a process behind, without closing anything, and looks at what the next one finds. */
class DurableQueueTest {
    private static final int SMALL = 40_000;

    @TempDir
    Path root;

    private final ManualClock clock = new ManualClock();
    private int untold;
    private final List<String> full = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int processes;
    private Path directory;
    private EventQueue queue;

    @Test
    void whatWasAdded_isThereInOrderAfterAKill() throws IOException {
        open(1000, SMALL * 10);
        for (int i = 0; i < 500; i++) {
            add("owner " + i % 3, "event " + i);
        }
        kill(1000, SMALL * 10);
        assertEquals(500, queue.size());
        List<String> all = drain();
        for (int i = 0; i < 500; i++) {
            assertEquals("event " + i, all.get(i));
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void whatWasRemoved_staysRemoved() throws IOException {
        open(1000, SMALL * 10);
        for (int i = 0; i < 300; i++) {
            add("a", "event " + i);
        }
        queue.remove(queue.peek(List.of("a"), 100, 1_000_000));
        kill(1000, SMALL * 10);
        assertEquals(200, queue.size());
        assertEquals("event 100", drain().get(0));
        kill(1000, SMALL * 10);
        assertEquals(0, queue.size());
    }

    @Test
    void afterTheEnd_nothingIsHandedOut() throws IOException {
        open(10, SMALL);
        add("a", "kept for the next process");
        queue.close();
        assertEquals(List.of(), queue.peek(List.of("a"), 10, 1_000_000));
        kill(10, SMALL);
        assertEquals(List.of("kept for the next process"), drain());
    }

    @Test
    void anEventRemovedWhileItTravels_isStillReadableAfterTheNextPeek() throws IOException {
        open(10, SMALL);
        add("a", "travels");
        queue.peek(List.of("a"), 1, 1000);
        List<QueuedEvent> removed = queue.removeAll(owner -> true);
        queue.peek(List.of("a"), 1, 1000); // the delivery thread goes on before the removal is reported
        assertEquals("travels", text(removed.get(0)));
    }

    @Test
    void clearedEvents_areInNoFileAnyMore_andTheirNeighboursAreWhole() throws IOException {
        open(10, SMALL);
        add("keeps", "first to stay");
        add("goes", "secret of mine");
        add("keeps", "second to stay");
        assertTrue(files().contains("secret of mine") && files().contains("goes"));
        queue.removeAll("goes"::equals);
        assertFalse(files().contains("secret of mine") || files().contains("goes"));
        kill(10, SMALL);
        assertEquals(List.of("first to stay", "second to stay"), drain());
        assertEquals(List.of(), problems);
    }

    @Test
    void deliveredEvents_areInNoFileAnyMore() throws IOException {
        open(10, SMALL);
        add("a", "delivered");
        add("a", "waits");
        queue.remove(queue.peek(List.of("a"), 1, 1000));
        assertFalse(files().contains("delivered"));
        kill(10, SMALL);
        assertEquals(List.of("waits"), drain());
        assertEquals(List.of(), problems);
    }

    @Test
    void eventsThatWereMovedToAnotherFile_areClearedInBoth() throws IOException {
        open(10, SMALL);
        add("goes", "secret of mine");
        kill(10, SMALL); // gathers what is in sparse files
        queue.removeAll("goes"::equals);
        assertFalse(files().contains("secret of mine") || files().contains("goes"));
    }

    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        for (File file : directory.toFile().listFiles()) {
            all.append(new String(Files.readAllBytes(file.toPath()), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    @Test
    void eventsAddedBeforeOpening_areDurableAfterwards() throws IOException {
        directory = Files.createDirectory(root.resolve("first"));
        queue = queue(10, SMALL);
        add("a", "early");
        assertEquals(1, queue.inMemory());
        queue.open(directory.toFile(), Runnable::run, problems::add);
        assertEquals(0, queue.inMemory());
        add("a", "late");
        kill(10, SMALL);
        assertEquals(List.of("early", "late"), drain());
    }

    @Test
    void whatAnEarlierProcessLeft_isNotTakenForDeliveredBeforeItIsRead() throws IOException {
        open(10, SMALL);
        add("a", "left behind");
        queue = queue(10, SMALL);
        queue.open(directory.toFile(), Runnable::run, problems::add);
        assertTrue(queue.holdsUpTo(queue.lastSequence()), "flush must wait for the backlog");
        queue.load(problems::add);
        assertTrue(queue.holdsUpTo(queue.lastSequence()));
        assertEquals(List.of("left behind"), drain());
    }

    @Test
    void whileSparseFilesOfAnEarlierProcessAreUnread_newEventsPushNothingOut() throws IOException {
        open(1000, 512_000);
        for (int file = 0; file < 8; file++) {
            add("keeps", "kept " + file);
            for (int i = 0; i < 12; i++) {
                add("goes", "x".repeat(10_000));
            }
            queue.removeAll("goes"::equals);
        }
        queue = queue(1000, 512_000);
        queue.open(directory.toFile(), Runnable::run, problems::add);
        for (int i = 0; i < 30; i++) {
            add("new", "new " + i + "x".repeat(10_000));
        }
        queue.load(problems::add);
        assertEquals(0, full.size());
        assertEquals(0, queue.inMemory());
        kill(1000, 512_000);
        assertEquals(38, queue.size());
    }

    @Test
    void manyProcessesAndFiles_loseAndDoubleNothing() throws IOException {
        Random random = new Random(1);
        open(20_000, 2_000_000);
        Set<String> model = new HashSet<>();
        int next = 0;
        for (int round = 0; round < 60; round++) {
            for (int i = random.nextInt(1500); i > 0; i--) {
                String text = "event " + next++ + "x".repeat(random.nextInt(400));
                add("o" + random.nextInt(5), text);
                model.add(text);
            }
            List<QueuedEvent> some =
                    queue.peek(List.of("o" + random.nextInt(5), "o1"), random.nextInt(1500), 1_000_000);
            queue.remove(some);
            some.forEach(event -> model.remove(text(event)));
            full.forEach(model::remove);
            assertEquals(model.size(), queue.size());
            if (random.nextInt(3) == 0) {
                kill(20_000, 2_000_000);
                assertEquals(model.size(), queue.size());
            }
        }
        assertEquals(model, new HashSet<>(drain()));
        assertEquals(List.of(), problems);
    }

    @Test
    void theDiskTaken_staysWithinABoundWhateverIsRemoved() throws IOException {
        open(1_000_000, 4_000_000);
        for (int i = 0; i < 60_000; i++) {
            add(i % 50 == 0 ? "waits" : "goes", "event " + i + "x".repeat(200));
            if (i % 40 == 0) {
                queue.remove(queue.peek(List.of("goes"), 40, 1_000_000));
            }
        }
        long taken = 0;
        for (File file : directory.toFile().listFiles()) {
            taken += file.length();
        }
        assertTrue(taken <= 4_000_000 / 4 * 5 + 5 * 128 * 1024, "files take " + taken);
        assertEquals(1200, queue.owners().get("waits"), "nothing was given up, for there was room");
        kill(1_000_000, 4_000_000);
        List<String> waiting = new ArrayList<>();
        for (QueuedEvent event : queue.peek(List.of("waits"), 5000, 10_000_000)) {
            waiting.add(text(event));
        }
        assertEquals(1200, waiting.size());
        for (int i = 0; i < 1200; i++) {
            assertTrue(waiting.get(i).startsWith("event " + i * 50 + "x"), "order survives copying");
        }
    }

    @Test
    void aFullQueue_pushesOutTheOldestAlsoThoseOfAnEarlierProcess() throws IOException {
        open(100, SMALL);
        for (int i = 0; i < 100; i++) {
            add("a", "event " + i);
        }
        kill(100, SMALL);
        add("a", "one more");
        assertEquals(List.of("event 0"), full);
        kill(50, SMALL);
        assertEquals(50, queue.size());
        assertEquals(51, full.size());
        assertEquals("event 51", drain().get(0));
    }

    @Test
    void whatAKilledProcessCouldNotTell_theNextOneDoes() throws IOException {
        open(10, SMALL);
        for (int i = 0; i < 17; i++) {
            add("a", "event " + i);
        }
        queue.toldFull(4);
        kill(10, SMALL);
        assertEquals(3, untold);
        queue.toldFull(3);
        kill(10, SMALL);
        assertEquals(3, untold, "told once");
    }

    @Test
    void age_isCountedAcrossProcesses() throws IOException {
        open(10, SMALL);
        add("a", "old");
        clock.advance(TimeUnit.DAYS.toMillis(3));
        add("a", "young");
        kill(10, SMALL);
        clock.advance(TimeUnit.DAYS.toMillis(3));
        queue.expire(TimeUnit.DAYS.toMillis(4));
        assertEquals(List.of("old"), gone);
        assertEquals(List.of("young"), drain());
    }

    @Test
    void aCalendarThatWasNeverSet_costsNoEvent() throws IOException {
        clock.setWallWrongBy(-ManualClock.START);
        open(10, SMALL);
        add("a", "of 1970");
        clock.setWallWrongBy(0);
        kill(10, SMALL);
        queue.expire(TimeUnit.DAYS.toMillis(7));
        assertEquals(List.of("of 1970"), drain());
    }

    private void open(int maxEvents, long maxBytes) throws IOException {
        directory = Files.createDirectory(root.resolve("process " + processes++));
        queue = queue(maxEvents, maxBytes);
        queue.open(directory.toFile(), Runnable::run, problems::add);
        queue.load(problems::add);
    }

    /** What a killed process leaves is what stands in its files; the next one works on a copy of them. */
    private void kill(int maxEvents, long maxBytes) throws IOException {
        Path next = Files.createDirectory(root.resolve("process " + processes++));
        for (File file : directory.toFile().listFiles()) {
            Files.copy(file.toPath(), next.resolve(file.getName()));
        }
        directory = next;
        queue = queue(maxEvents, maxBytes);
        queue.open(directory.toFile(), Runnable::run, problems::add);
        queue.load(problems::add);
    }

    private EventQueue queue(int maxEvents, long maxBytes) {
        return new EventQueue(maxEvents, maxBytes, clock, new Drops() {
            @Override
            public boolean countFull() {
                return true;
            }

            @Override
            public void full(QueuedEvent oldest) {
                full.add(text(oldest));
            }

            @Override
            public void expired(List<QueuedEvent> events) {
                events.forEach(event -> gone.add(text(event)));
            }

            @Override
            public void fullEarlier(int events) {
                untold += events;
            }

            @Override
            public void cleared(List<QueuedEvent> events) {
                events.forEach(event -> gone.add(text(event)));
            }
        });
    }

    private void add(String owner, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        queue.add(owner, bytes, bytes.length);
    }

    private List<String> drain() {
        List<String> all = new ArrayList<>();
        List<QueuedEvent> events = queue.peek(queue.owners().keySet(), Integer.MAX_VALUE, Long.MAX_VALUE);
        events.forEach(event -> all.add(text(event)));
        queue.remove(events);
        return all;
    }

    private static String text(QueuedEvent event) {
        return new String(event.bytes(), 0, event.length(), StandardCharsets.UTF_8);
    }
}
