package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many clients that do not finish what they began, over real sockets: the others are served, the memory stays. */
@Timeout(180)
class SlowConnectionsTest {
    private static final int MOST = 10_000;
    /** What the test itself has open. */
    private static final int OTHER_FILES = 500;

    private static final int HEAP_MIB = 256;
    private static final int RESIDENT_MIB = 400;

    @TempDir
    Path directory;

    private CollectorProcess collector;
    private TestEnvironment environment;
    private String proven;
    private InetSocketAddress address;
    private final List<SocketChannel> slow = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        Path database = directory.resolve("c.sqlite");
        collector = CollectorProcess.start(
                database, 0, TestClient.ADMIN_TOKEN, directory.resolve("output.txt"), "-Xmx" + HEAP_MIB + "m");
        String url = collector.awaitUrl();
        environment = new TestClient(url).environment("hmac-hex", "STRICT", "REJECT");
        proven = Events.user("u_1", Proofs.hex(environment.createKey().secret(), "u_1"));
        address = new InetSocketAddress("127.0.0.1", URI.create(url).getPort());
    }

    @AfterEach
    void end() throws Exception {
        for (SocketChannel channel : slow) {
            channel.close();
        }
        collector.close();
    }

    private int connections() {
        long files =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount();
        return (int) Math.min(MOST, files - OTHER_FILES);
    }

    private void connect(String begun) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        slow.add(channel);
        send(channel, begun);
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private String head(int length) {
        return "POST /api/v1/events/batch HTTP/1.1\r\nHost: x\r\nX-API-Key: " + environment.apiKey()
                + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private Answer wellBehaved() {
        return environment.client().event(environment, Events.track(Events.id(), proven));
    }

    private long residentMib() throws IOException {
        for (String line :
                Files.readAllLines(Path.of("/proc/" + collector.process().pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
            }
        }
        throw new AssertionError("no VmRSS");
    }

    @Test
    void tenThousandSlowConnections_leaveTheOthersServed_andTheMemoryBounded() throws Exception {
        int connections = connections();
        wellBehaved();
        long before = residentMib();
        String[] begun = {"POST /api/v1/ev", head(1_000), head(1_000) + "{\"events\":["};
        long slowest = 0;
        for (int i = 0; i < connections; i++) {
            connect(begun[i % begun.length]);
            if (i % (connections / 20) == 0) {
                long start = System.nanoTime();
                assertEquals(200, wellBehaved().status());
                slowest = Math.max(slowest, System.nanoTime() - start);
            }
        }
        long with = residentMib();
        System.out.println("slow connections " + connections + ": slowest answer to others " + slowest / 1_000_000
                + " ms, resident MiB " + before + " -> " + with);
        assertTrue(with < RESIDENT_MIB, with + " MiB");
    }

    @Test
    void bodiesThatNeverEnd_areTurnedAwayBeforeMemoryGrows_andTheOthersAreServed() throws Exception {
        // 600 MiB in 900 bodies, into a heap of 256: far more than may be held.
        String most = head(900_000) + "[".repeat(700_000);
        for (int i = 0; i < 900; i++) {
            connect(most);
        }
        long deadline = System.nanoTime() + 60_000_000_000L;
        Answer answer = wellBehaved();
        while (answer.status() == 429 && System.nanoTime() < deadline) {
            assertEquals(
                    "1", answer.response().headers().firstValue("Retry-After").orElse(""));
            answer = wellBehaved();
        }
        long with = residentMib();
        long refused = refused();
        System.out.println("unfinished bodies 900 of 0.7 MB: refused " + refused + ", resident MiB " + with);
        assertEquals(200, answer.status(), answer.text());
        assertTrue(refused >= 800, "refused " + refused);
        assertTrue(with < RESIDENT_MIB, with + " MiB");
    }

    private long refused() throws IOException {
        long refused = 0;
        ByteBuffer bytes = ByteBuffer.allocate(1_024);
        for (SocketChannel channel : slow) {
            channel.configureBlocking(false);
            bytes.clear();
            if (channel.read(bytes) > 0
                    && new String(bytes.array(), 0, 12, StandardCharsets.US_ASCII).endsWith(" 429")) {
                refused++;
            }
        }
        return refused;
    }
}
