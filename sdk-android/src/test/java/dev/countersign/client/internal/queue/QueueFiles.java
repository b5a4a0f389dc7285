package dev.countersign.client.internal.queue;

import dev.countersign.client.testkit.ManualClock;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A queue on files, for tests that harm them. Nothing is ever closed: each one leaves what a killed process leaves. */
final class QueueFiles {
    static final int EVENTS = 1000;
    static final int BYTES = 1_000_000;
    /** The smallest file. */
    static final int SEGMENT = 128 * 1024;

    final List<String> problems = new ArrayList<>();
    final List<String> given = new ArrayList<>();
    final EventQueue queue;

    private QueueFiles() {
        queue = new EventQueue(EVENTS, BYTES, new ManualClock(), new Drops() {
            @Override
            public boolean countFull() {
                return true;
            }

            @Override
            public void full(QueuedEvent oldest) {
                given.add(text(oldest));
            }

            @Override
            public void expired(List<QueuedEvent> events) {
                events.forEach(event -> given.add(text(event)));
            }

            @Override
            public void fullEarlier(int events) {}

            @Override
            public void cleared(List<QueuedEvent> events) {
                events.forEach(event -> given.add(text(event)));
            }
        });
    }

    static QueueFiles inMemory() {
        return new QueueFiles();
    }

    static QueueFiles open(File directory) throws IOException {
        QueueFiles opened = new QueueFiles();
        opened.queue.open(directory, Runnable::run, opened.problems::add);
        opened.queue.load(opened.problems::add);
        return opened;
    }

    static QueueFiles open(Path directory) throws IOException {
        return open(directory.toFile());
    }

    QueueFiles add(String owner, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        queue.add(owner, bytes, bytes.length);
        return this;
    }

    /** What is queued, as {@code owner=event}, in order; it stays. */
    List<String> events() {
        List<String> all = new ArrayList<>();
        for (QueuedEvent event : queue.peek(queue.owners().keySet(), Integer.MAX_VALUE, Long.MAX_VALUE)) {
            all.add(event.owner() + "=" + text(event));
        }
        return all;
    }

    /** The only file of a directory, which stands for one that a killed process left. */
    static Path onlyFile(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".events"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String text(QueuedEvent event) {
        return new String(event.bytes(), 0, event.length(), StandardCharsets.UTF_8);
    }
}
