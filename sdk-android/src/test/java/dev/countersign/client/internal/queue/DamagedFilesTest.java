package dev.countersign.client.internal.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.FilenameFilter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage costs what it hit and nothing else: never another event, never an event's content, never the app. */
class DamagedFilesTest {
    private static final List<String> OWNERS = List.of("a", "owner b", "ü".repeat(40));

    @TempDir
    Path root;

    private int directories;

    @Test
    void aTailTornAtAnyByte_losesOnlyItself() throws IOException {
        byte[] whole = fileOf(6);
        byte[] without = fileOf(5);
        int from = firstDifference(whole, without);
        int to = lastDifference(whole, without) + 1;
        assertTrue(to - from > 60, "the last record is what differs");
        for (int cut = from; cut <= to; cut++) {
            byte[] torn = without.clone();
            System.arraycopy(whole, from, torn, from, cut - from);
            QueueFiles found = reopen(torn);
            assertEquals(texts(cut == to ? 6 : 5), found.events(), "torn at " + cut);
            assertEquals(List.of(), found.problems, "a call under way is no damage; torn at " + cut);
        }
    }

    @Test
    void oneBitFlippedAnywhere_losesAtMostTheRecordItHit() throws IOException {
        byte[] whole = fileOf(6);
        int end = lastDifference(whole, new byte[whole.length]) + 1;
        List<String> all = texts(6);
        Random random = new Random(1);
        int losses = 0;
        for (int at = 0; at < end; at++) {
            byte[] hurt = whole.clone();
            hurt[at] ^= (byte) (1 << random.nextInt(8));
            List<String> found = reopen(hurt).events();
            assertTrue(all.containsAll(found), "an event changed by a flip at " + at);
            assertTrue(found.size() >= all.size() - 1, "byte " + at + " cost " + (all.size() - found.size()));
            assertEquals(all.stream().filter(found::contains).toList(), found, "order, and nothing twice");
            losses += all.size() - found.size();
        }
        assertTrue(losses > 200, "flips were noticed: " + losses);
    }

    @Test
    void garbageOverAnyStretch_changesNoEventThatIsLeft() throws IOException {
        byte[] whole = fileOf(6);
        int end = lastDifference(whole, new byte[whole.length]) + 1;
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            byte[] hurt = whole.clone();
            int from = random.nextInt(end);
            byte[] garbage = new byte[1 + random.nextInt(300)];
            random.nextBytes(garbage);
            System.arraycopy(garbage, 0, hurt, from, Math.min(garbage.length, hurt.length - from));
            QueueFiles found = reopen(hurt);
            assertTrue(texts(6).containsAll(found.events()));
            found.add("a", "goes on");
            assertTrue(found.events().contains("a=goes on"));
        }
    }

    @Test
    void aFileCutAtAnyLength_keepsEveryWholeRecordAndIsReported() throws IOException {
        byte[] whole = fileOf(6);
        int end = lastDifference(whole, new byte[whole.length]) + 1;
        int most = 0;
        for (int length = 0; length <= end + 8; length++) {
            QueueFiles found = reopen(Arrays.copyOf(whole, length));
            List<String> events = found.events();
            assertEquals(texts(6).subList(0, events.size()), events, "the first ones, cut at " + length);
            assertTrue(events.size() >= most, "a longer file holds no less");
            most = events.size();
            assertEquals(length < 64 ? 0 : 1, found.problems.size(), "cut at " + length + ": " + found.problems);
            found.add("a", "goes on");
            assertEquals(events.size() + 1, found.events().size());
        }
        assertEquals(6, most);
    }

    @Test
    void bothHeadersDamaged_theRecordsStillTell() throws IOException {
        byte[] hurt = fileOf(6);
        Arrays.fill(hurt, 0, 64, (byte) 0x5a);
        QueueFiles found = reopen(hurt);
        assertEquals(texts(6), found.events());
        assertEquals(1, found.problems.size(), found.problems.toString());
    }

    @Test
    void zerosOverBothHeaders_theRecordsStillTell_andItIsReported() throws IOException {
        byte[] hurt = fileOf(6);
        Arrays.fill(hurt, 0, 64, (byte) 0);
        QueueFiles found = reopen(hurt);
        assertEquals(texts(6), found.events());
        assertEquals(1, found.problems.size(), found.problems.toString());
    }

    @Test
    void aFirstHeaderTornAtAnyByte_isNoDamage() throws IOException {
        byte[] begun = fileOf(0);
        int from = firstDifference(begun, new byte[begun.length]);
        int to = lastDifference(begun, new byte[begun.length]) + 1;
        assertTrue(to - from > 15, "a header");
        for (int cut = from; cut <= to; cut++) {
            byte[] torn = new byte[begun.length];
            System.arraycopy(begun, from, torn, from, cut - from);
            QueueFiles found = reopen(torn);
            assertEquals(List.of(), found.problems, "torn at " + cut);
            assertEquals(List.of("a=goes on"), found.add("a", "goes on").events());
        }
    }

    @Test
    void aFileOfAnotherVersion_isLeftAloneAndReported() throws IOException {
        byte[] foreign = fileOf(6);
        for (int header = 0; header < 64; header += 32) {
            foreign[header + 3] = 2;
            ByteBuffer fields = ByteBuffer.wrap(foreign);
            byte[] covered = new byte[16];
            ByteBuffer.wrap(covered)
                    .putInt(fields.getInt(header))
                    .putLong(fields.getLong(header + 8))
                    .putInt(fields.getInt(header + 16));
            CRC32 crc = new CRC32();
            crc.update(covered);
            fields.putInt(header + 4, (int) crc.getValue());
        }
        Path directory = directoryWith(foreign);
        QueueFiles found = QueueFiles.open(directory);
        assertEquals(List.of(), found.events());
        assertEquals(1, found.problems.size());
        assertTrue(found.problems.get(0).contains("version 2"), found.problems.get(0));
        found.add("a", "beside it");
        assertArrayEquals(foreign, Files.readAllBytes(directory.resolve("000001.events")));
        assertEquals(List.of("a=beside it"), QueueFiles.open(copy(directory)).events());
    }

    @Test
    void aFolderInTheWayOfAFile_isLeftAlone() throws IOException {
        Path directory = newDirectory();
        Files.createDirectory(directory.resolve("000007.events"));
        QueueFiles found = QueueFiles.open(directory).add("a", "event");
        assertEquals(1, found.problems.size());
        assertEquals(List.of("a=event"), QueueFiles.open(copy(directory)).events());
    }

    @Test
    void aFileTooLargeToBeMapped_isLeftAlone() throws IOException {
        Path directory = newDirectory();
        try (RandomAccessFile huge =
                new RandomAccessFile(directory.resolve("000001.events").toFile(), "rw")) {
            huge.setLength(3L << 30); // takes no place on the disk
        }
        QueueFiles found = QueueFiles.open(directory).add("a", "event");
        assertEquals(1, found.problems.size());
        assertEquals(List.of("a=event"), found.events());
        Files.delete(directory.resolve("000001.events"));
    }

    @Test
    void filesThatCannotBeDeleted_asWhereTheyAreMapped_areNoTrouble() throws IOException {
        for (int size : new int[] {0, 17, 64, 100, QueueFiles.SEGMENT - 1, QueueFiles.SEGMENT}) {
            Path directory = newDirectory();
            for (int i = 1; i <= 8; i++) {
                Files.write(directory.resolve("00000" + i + ".events"), new byte[size]);
            }
            Undeletable stubborn = new Undeletable(directory.toString());
            QueueFiles found = QueueFiles.open(stubborn);
            for (int i = 0; i < 900; i++) {
                found.add("a", "event " + i + "x".repeat(900));
            }
            assertEquals(900, found.events().size(), "files of " + size + " bytes");
            assertEquals(900, QueueFiles.open(copy(directory)).events().size());
            found.queue.remove(found.queue.peek(List.of("a"), 900, Long.MAX_VALUE));
            for (int i = 0; i < 900; i++) {
                found.add("b", "event " + i + "x".repeat(900));
            }
            assertEquals(900, QueueFiles.open(copy(directory)).events().size());
            assertEquals(List.of(), found.given);
        }
    }

    @Test
    void theHighestFileNumber_leavesRoomForMore() throws IOException {
        Path directory = newDirectory();
        Files.write(directory.resolve("999999999.events"), new byte[3]);
        QueueFiles.open(directory).add("a", "event");
        assertEquals(List.of("a=event"), QueueFiles.open(copy(directory)).events());
    }

    @Test
    void anInterruptedCaller_waitsForTheNextFileAllTheSame() throws IOException {
        Thread caller = Thread.currentThread();
        AtomicBoolean done = new AtomicBoolean();
        EventQueue queue = QueueFiles.inMemory().queue;
        queue.open(
                newDirectory().toFile(),
                task -> new Thread(() -> {
                            while (caller.getState() != Thread.State.TIMED_WAITING && !done.get()) {
                                Thread.onSpinWait(); // no file is ever ready before it is waited for
                            }
                            task.run();
                        })
                        .start(),
                problem -> {});
        caller.interrupt();
        byte[] event = new byte[30_000];
        for (int i = 0; i < 20; i++) {
            queue.add("a", event, event.length);
        }
        done.set(true);
        assertTrue(Thread.interrupted(), "and stays interrupted");
        assertEquals(0, queue.inMemory());
    }

    @Test
    void otherFilesInTheDirectory_areNotTouched() throws IOException {
        Path directory = newDirectory();
        Files.writeString(directory.resolve("notes.events.txt"), "mine");
        Files.writeString(directory.resolve("1.events"), "mine");
        QueueFiles.open(directory).add("a", "event");
        assertEquals("mine", Files.readString(directory.resolve("notes.events.txt")));
        assertEquals("mine", Files.readString(directory.resolve("1.events")));
    }

    /** The one file of a queue with the first so many of {@link #texts}. */
    private byte[] fileOf(int events) throws IOException {
        Path directory = newDirectory();
        QueueFiles files = QueueFiles.open(directory);
        for (int i = 0; i < events; i++) {
            files.add(OWNERS.get(i % 3), text(i));
        }
        return Files.readAllBytes(QueueFiles.onlyFile(directory));
    }

    private static List<String> texts(int events) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            all.add(OWNERS.get(i % 3) + "=" + text(i));
        }
        return all;
    }

    private static String text(int i) {
        return "{\"event\":" + i + ",\"of\":\"" + "é".repeat(20 + i) + "\"}";
    }

    private QueueFiles reopen(byte[] file) throws IOException {
        Path directory = directoryWith(file);
        QueueFiles opened = QueueFiles.open(directory);
        List<String> first = opened.events();
        List<String> again = QueueFiles.open(copy(directory)).events();
        assertEquals(first, again, "a second start finds the same");
        return opened;
    }

    private Path directoryWith(byte[] file) throws IOException {
        Path directory = newDirectory();
        Files.write(directory.resolve("000001.events"), file);
        return directory;
    }

    private Path copy(Path directory) throws IOException {
        Path copied = newDirectory();
        for (File file : directory.toFile().listFiles(File::isFile)) {
            Files.copy(file.toPath(), copied.resolve(file.getName()));
        }
        return copied;
    }

    private Path newDirectory() throws IOException {
        return Files.createDirectory(root.resolve("d" + directories++));
    }

    private static int firstDifference(byte[] a, byte[] b) {
        return Arrays.mismatch(a, b);
    }

    private static int lastDifference(byte[] a, byte[] b) {
        int at = a.length - 1;
        while (a[at] == b[at]) {
            at--;
        }
        return at;
    }

    /** A directory whose files, those that are there already, cannot be deleted. */
    private static final class Undeletable extends File {
        private static final long serialVersionUID = 1;

        Undeletable(String path) {
            super(path);
        }

        @Override
        public File[] listFiles(FilenameFilter filter) {
            return Arrays.stream(list())
                    .filter(name -> filter.accept(this, name))
                    .map(name -> new Undeletable(new File(this, name).getPath()))
                    .toArray(File[]::new);
        }

        @Override
        public boolean delete() {
            assertFalse(isDirectory());
            return false;
        }
    }
}
