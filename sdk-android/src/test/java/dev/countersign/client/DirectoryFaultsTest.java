package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.CollectionMode;
import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.delivery.Diagnostics;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client whose directory is in the way, full, taken or damaged: it works on in memory, and says so. */
@Timeout(60)
class DirectoryFaultsTest {
    @TempDir
    Path root;

    private final List<String> problems = new ArrayList<>();
    private final List<TestClient> rigs = new ArrayList<>();

    @AfterEach
    void close() {
        rigs.forEach(TestClient::close);
    }

    private TestClient start(Path directory) {
        return start(directory, builder -> builder);
    }

    private TestClient start(Path directory, UnaryOperator<CountersignBuilder> settings) {
        TestClient rig = TestClient.overHttp(
                directory.toFile(),
                builder -> settings.apply(builder.directory(directory.toFile()).listener(new DeliveryListener() {
                    @Override
                    public void storageProblem(String what) {
                        problems.add(what);
                    }
                })));
        rigs.add(rig);
        return rig;
    }

    @Test
    void aFileInTheWay_isReportedAndEventsGoOutFromMemory() throws IOException {
        Path directory = Files.writeString(root.resolve("file"), "not a directory");
        TestClient rig = start(directory);
        rig.client.track("a");
        rig.settle();
        assertEquals(Diagnostics.Storage.UNAVAILABLE, rig.client.diagnostics().getStorage());
        assertEquals(1, problems.size());
        rig.client.track("b");
        rig.flush();
        assertEquals(List.of("a", "b"), rig.collector.storedNames());
        assertEquals("not a directory", Files.readString(directory));
    }

    @Test
    void whenTheObstacleGoes_whatIsInMemoryBecomesDurable() throws IOException {
        Path directory = Files.writeString(root.resolve("file"), "");
        TestClient rig = start(directory);
        rig.client.identify("u_1"); // nobody can prove it
        rig.settle();
        assertEquals(1, rig.client.diagnostics().getInMemory());
        Files.delete(directory);
        rig.pass(61, TimeUnit.SECONDS);
        assertEquals(Diagnostics.Storage.DURABLE, rig.client.diagnostics().getStorage());
        assertEquals(0, rig.client.diagnostics().getInMemory());
        assertEquals(1, problems.size(), "told once: " + problems);
    }

    @Test
    void whileCallsOfBeforeAreCarriedOut_nothingIsCalledDurable() {
        List<Diagnostics.Storage> seen = new ArrayList<>();
        TestClient rig = start(root);
        rig.client.setCollection(CollectionMode.DISABLED);
        // Runs while the directory is being opened; a call made in it would still wait in memory.
        rig.client.track(
                "a",
                Attributes.empty(),
                outcome -> seen.add(rig.client.diagnostics().getStorage()));
        rig.settle();
        assertEquals(List.of(Diagnostics.Storage.OPENING), seen);
        assertEquals(Diagnostics.Storage.DURABLE, rig.client.diagnostics().getStorage());
    }

    @Test
    void aSecondClientOfTheProcess_getsAClearErrorUntilTheFirstIsClosed() {
        TestClient first = start(root);
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> start(root));
        assertTrue(refused.getMessage().contains(root.toString()), refused.getMessage());
        start(root, builder -> builder.name("other")); // another name is another folder
        first.client.close(0, TimeUnit.SECONDS);
        start(root);
    }

    @Test
    void aDirectoryOfAnotherProcess_isLeftAloneUntilThatEnds() throws Exception {
        TestClient former = start(root);
        former.client.identify("u_1"); // left in the directory
        former.settle();
        former.client.close(0, TimeUnit.SECONDS);
        Process other = anotherProcess();
        try {
            TestClient rig = start(root);
            rig.client.track("a");
            rig.settle();
            assertEquals(
                    Diagnostics.Storage.UNAVAILABLE, rig.client.diagnostics().getStorage());
            assertEquals(1, problems.size());
            assertTrue(problems.get(0).contains("used by another client"), problems.get(0));
            other.toHandle().destroyForcibly();
            other.waitFor();
            rig.pass(61, TimeUnit.SECONDS);
            assertEquals(Diagnostics.Storage.DURABLE, rig.client.diagnostics().getStorage());
            assertEquals(
                    2,
                    rig.client.diagnostics().getQueuedEvents()
                            + rig.collector.stored().size());
        } finally {
            other.toHandle().destroyForcibly();
        }
    }

    @Test
    void whatTheUserForbade_holdsWhileAnotherProcessHasTheDirectory() throws Exception {
        TestClient former = start(root);
        former.settle();
        former.client.setCollection(CollectionMode.DISABLED);
        former.close();
        Process other = anotherProcess();
        try {
            TestClient rig = start(root);
            rig.client.track("a");
            rig.flush();
            assertEquals(
                    Diagnostics.Storage.UNAVAILABLE, rig.client.diagnostics().getStorage());
            assertEquals(CollectionMode.DISABLED, rig.client.diagnostics().getCollection());
            other.toHandle().destroyForcibly();
            other.waitFor();
            rig.pass(61, TimeUnit.SECONDS);
            assertEquals(Diagnostics.Storage.DURABLE, rig.client.diagnostics().getStorage());
            assertEquals(List.of(), rig.collector.sent());
            rig.close();
            TestClient next = start(root);
            next.settle();
            assertEquals(CollectionMode.DISABLED, next.client.diagnostics().getCollection());
        } finally {
            other.toHandle().destroyForcibly();
        }
    }

    /** Has the client's folder when this returns. */
    private Process anotherProcess() throws IOException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        folder().getPath())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals('!', other.getInputStream().read());
        return other;
    }

    /** Holds the lock of a directory until it is killed. */
    static final class LockHolder {
        public static void main(String[] args) throws Exception {
            dev.countersign.client.internal.storage.DirectoryLock.claim(new File(args[0]))
                    .acquire();
            System.out.write('!');
            System.out.flush();
            System.in.read();
        }
    }

    @Test
    void aSessionFileOfAnyLength_startsANewSession() throws IOException {
        for (int length : new int[] {0, 1, 15, 16, 100, 8192, 16383, 16384, 16385, 50_000}) {
            start(root).settle();
            rigs.get(rigs.size() - 1).close();
            byte[] garbage = new byte[length];
            new java.util.Random(length).nextBytes(garbage);
            Files.write(folder().toPath().resolve("session"), garbage);
            TestClient rig = start(root);
            rig.settle();
            assertEquals(Diagnostics.Storage.DURABLE, rig.client.diagnostics().getStorage());
            String visitor = rig.client.getAnonymousId();
            assertNotNull(visitor);
            rig.client.identify("u_1", TestProofs.of("u_1", 1));
            rig.close();
            TestClient next = start(root);
            next.settle();
            assertEquals(visitor, next.client.getAnonymousId(), "kept again, after " + length + " bytes of garbage");
            next.close();
        }
    }

    @Test
    void oneBitFlippedAnywhereInTheSessionFile_neverMakesAnotherSession() throws IOException {
        TestClient rig = start(root);
        rig.settle();
        String first = rig.client.getAnonymousId();
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.client.setCollection(CollectionMode.PAUSED);
        rig.close();
        Path file = folder().toPath().resolve("session");
        byte[] whole = Files.readAllBytes(file);
        int kept = 0;
        for (int slot = 0; slot < whole.length; slot += whole.length / 2) {
            for (int at = slot; at < slot + 100; at++) {
                byte[] hurt = whole.clone();
                hurt[at] ^= 4;
                Files.write(file, hurt);
                TestClient next = start(root);
                next.settle();
                kept += next.client.getAnonymousId().equals(first) ? 1 : 0;
                next.close();
                rigs.remove(next);
            }
        }
        assertEquals(200, kept, "one of the two slots is whole");
    }

    @Test
    void aFullDisk_keepsNewEventsInMemoryAndSaysSoUntilThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(root.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
        if (!mounted) {
            System.out.println("aFullDisk skipped: no right to mount a small file system");
        }
        Assumptions.assumeTrue(mounted, "no right to mount a small file system");
        try {
            TestClient rig =
                    start(disk, builder -> builder.maxQueuedEvents(5000).flushAt(500));
            rig.client.identify("u_1"); // nobody can prove it
            rig.settle();
            assertEquals(Diagnostics.Storage.DURABLE, rig.client.diagnostics().getStorage());
            Attributes large = Attributes.of("text", "x".repeat(1000));
            for (int i = 0; i < 1000; i++) {
                rig.client.track("e" + i, large);
            }
            rig.settle();
            int inMemory = rig.client.diagnostics().getInMemory();
            assertTrue(inMemory > 500 && inMemory < 1000, "in memory " + inMemory);
            assertEquals(1001, rig.client.diagnostics().getQueuedEvents());
            assertFalse(problems.isEmpty());
            assertTrue(problems.get(0).contains("disk"), problems.get(0));
            assertTrue(run("mount", "-o", "remount,size=8m", disk.toString()));
            rig.pass(61, TimeUnit.SECONDS);
            assertEquals(0, rig.client.diagnostics().getInMemory());
            rig.client.identify("u_1", TestProofs.of("u_1", 1));
            rig.flush();
            assertEquals(1002, rig.collector.stored().size());
            rig.close();
            rigs.remove(rig);
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void aDiskFullFromTheStart_isReportedAndEventsGoOut() throws Exception {
        Path disk = Files.createDirectory(root.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk.toString());
        if (!mounted) {
            System.out.println("aDiskFullFromTheStart skipped: no right to mount a small file system");
        }
        Assumptions.assumeTrue(mounted, "no right to mount a small file system");
        try {
            TestClient rig = start(disk);
            rig.client.track("a");
            rig.flush();
            assertEquals(
                    Diagnostics.Storage.UNAVAILABLE, rig.client.diagnostics().getStorage());
            assertEquals(List.of("a"), rig.collector.storedNames());
            rig.close();
            rigs.remove(rig);
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    private File folder() {
        return root.toFile().listFiles(File::isDirectory)[0];
    }
}
