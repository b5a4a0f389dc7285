package dev.countersign.samples.collector.scaled;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What one event costs each part, beside the embedded collector in the same run: {@code mvn -pl samples/scaled-tests test
 * -Dtest=LoadComparisonTest -Dload=true}. Only ratios within one run count.
 */
@EnabledIfSystemProperty(named = "load", matches = "true")
@Timeout(600)
class LoadComparisonTest {
    private static final int SECONDS = Integer.getInteger("load.seconds", 20);
    private static final int CONNECTIONS = 8;
    private static final int EVENTS = 50;
    private static final double TICKS_PER_SECOND = 100;

    @Test
    void costs() throws Exception {
        Engines.requireBuilt();
        Path directory = Files.createTempDirectory(Engines.target(), "embedded");
        EngineProcess embedded = EngineProcess.embedded(Map.of(
                "PORT",
                "0",
                "COLLECTOR_DB",
                directory.resolve("c.sqlite").toString(),
                "COLLECTOR_ADMIN_TOKEN",
                Site.ADMIN_TOKEN));
        try (Site site = new Site(null)) {
            Target one = target(site, embedded.ready());
            Target all = target(site, site.url);
            load(one, SECONDS); // The compilers' time.
            load(all, SECONDS);
            Map<String, List<Long>> parts = new LinkedHashMap<>();
            parts.put("embedded collector", List.of(embedded.pid()));
            parts.put(
                    "2 collectors",
                    site.collectors.stream().map(EngineProcess::pid).toList());
            parts.put("HAProxy", tree(site.haproxy.pid()));
            parts.put("broker", List.of(site.broker.pid()));
            parts.put("consumer", List.of(site.consumer.pid()));
            settle(site);
            report("embedded", one, site, parts);
            report("scaled", all, site, parts);
        } finally {
            embedded.kill();
        }
    }

    private static void report(String name, Target target, Site site, Map<String, List<Long>> parts) throws Exception {
        Map<String, Double> before = cpu(parts);
        double postgres = postgresCpu(site);
        long rows = site.number("SELECT count(*) FROM event");
        long start = System.nanoTime();
        long sent = load(target, SECONDS);
        double seconds = (System.nanoTime() - start) / 1e9;
        long lag = site.consumerMetric("consumer_lag_records");
        settle(site);
        double settled = (System.nanoTime() - start) / 1e9;
        long stored = site.number("SELECT count(*) FROM event") - rows;
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "LOAD %s: accepted %d, %.0f events/s", name, sent, sent / seconds));
        if (name.equals("scaled")) {
            assertEquals(sent, stored);
            line.append(String.format(
                    Locale.ROOT, "; stored %.0f events/s, lag at the end of the load %d", stored / settled, lag));
        }
        line.append("; CPU µs/event:");
        Map<String, Double> after = cpu(parts);
        after.forEach((part, ticks) ->
                line.append(String.format(Locale.ROOT, " %s %.2f", part, (ticks - before.get(part)) * 1e6 / sent)));
        line.append(String.format(Locale.ROOT, " PostgreSQL %.2f", (postgresCpu(site) - postgres) * 1e6 / sent));
        line.append("; resident MiB of the collectors ")
                .append(site.memory())
                .append("; load average ")
                .append(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
        System.out.println(line);
    }

    private static void settle(Site site) throws InterruptedException {
        for (int quiet = 0; quiet < 3; ) {
            Thread.sleep(300);
            quiet = site.consumerMetric("consumer_lag_records") == 0 ? quiet + 1 : 0;
        }
    }

    /** Where to send, with what. */
    private record Target(String host, int port, String apiKey, String proof) {}

    private static Target target(Site site, String url) throws Exception {
        String environment =
                Site.post(url, "/admin/environments", "{\"name\":\"load\",\"form\":\"hmac-hex\",\"mode\":\"STRICT\"}");
        String key = Site.post(
                url, "/admin/environments/" + member(environment, "id") + "/keys", "{\"description\":\"load\"}");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(member(key, "secret").getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String proof = HexFormat.of().formatHex(mac.doFinal("u_load".getBytes(StandardCharsets.UTF_8)));
        URI at = URI.create(url);
        return new Target(at.getHost(), at.getPort(), member(environment, "apiKey"), proof);
    }

    private static String member(String json, String name) {
        return json.replaceFirst("(?s).*\"" + name + "\":\"([^\"]*)\".*", "$1");
    }

    private static long load(Target target, int seconds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            tasks.add(() -> send(target, end));
        }
        long sent = 0;
        for (var task : threads.invokeAll(tasks)) {
            sent += task.get();
        }
        threads.shutdown();
        return sent;
    }

    private static long send(Target target, long end) throws IOException {
        long sent = 0;
        try (Socket socket = new Socket(target.host, target.port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (System.nanoTime() < end) {
                byte[] body = batch(target.proof).getBytes(StandardCharsets.UTF_8);
                out.write(("POST /api/v1/events/batch HTTP/1.1\r\nHost: load\r\nContent-Type: application/json\r\n"
                                + "X-API-Key: " + target.apiKey + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                String answer = answer(in);
                if (!answer.contains("\"accepted\":" + EVENTS + ",")) {
                    throw new IOException(answer);
                }
                sent += EVENTS;
            }
        }
        return sent;
    }

    private static String batch(String proof) {
        StringBuilder events = new StringBuilder("{\"events\":[");
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < EVENTS; i++) {
            UUID id = new UUID(
                    System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(1 << 12),
                    1L << 63 | random.nextLong() >>> 2);
            events.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(id)
                    .append("\",\"type\":\"track\",\"name\":\"Work Done\",\"timestamp\":\"2026-11-20T10:00:00.000Z\",")
                    .append("\"userId\":\"u_load\",\"identityToken\":\"")
                    .append(proof)
                    .append("\",\"properties\":{\"n\":")
                    .append(i)
                    .append(",\"plan\":\"pro\",\"amount\":42.5,\"country\":\"PL\",\"source\":\"load\"}}");
        }
        return events.append("]}").toString();
    }

    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the connection ended: " + head);
            }
            head.append((char) c);
        }
        String length = head.toString().toLowerCase(Locale.ROOT).replaceFirst("(?s).*content-length: (\\d+).*", "$1");
        return head + new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
    }

    private static Map<String, Double> cpu(Map<String, List<Long>> parts) {
        Map<String, Double> cpu = new LinkedHashMap<>();
        parts.forEach((part, pids) -> cpu.put(
                part, pids.stream().mapToDouble(LoadComparisonTest::cpuSeconds).sum()));
        return cpu;
    }

    /** Its sessions stay open during a load, so none takes its time along. */
    private static double postgresCpu(Site site) throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(site.postgresDirectory.resolve("postmaster.pid"))
                .get(0));
        return tree(postmaster).stream()
                .mapToDouble(LoadComparisonTest::cpuSeconds)
                .sum();
    }

    private static List<Long> tree(long pid) {
        List<Long> pids = new ArrayList<>(List.of(pid));
        ProcessHandle.of(pid).ifPresent(root -> root.descendants().forEach(child -> pids.add(child.pid())));
        return pids;
    }

    private static double cpuSeconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0; // It has ended.
        }
    }
}
