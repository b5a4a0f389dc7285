package dev.countersign.benchmarks.collector;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A collector in a process of its own, with an environment that demands a proof of each event; ended with this one's block. */
final class CollectorProcess implements AutoCloseable {
    private static final String TOKEN = "an-admin-token-for-benchmarks-0123456789";

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private CollectorProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static CollectorProcess start(String jar, Path directory) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-XX:+UseSerialGC", "-Xmx256m", "-jar", jar)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("COLLECTOR_DB", directory.resolve("c.sqlite").toString());
        builder.environment().put("COLLECTOR_ADMIN_TOKEN", TOKEN);
        builder.environment().put("PORT", "0");
        Process process = builder.start();
        return new CollectorProcess(process, port(process, output));
    }

    private static int port(Process process, Path output) throws IOException, InterruptedException {
        while (process.isAlive()) {
            Matcher line = Pattern.compile("listening on http://[^:]*:(\\d+)").matcher(Files.readString(output));
            if (line.find()) {
                return Integer.parseInt(line.group(1));
            }
            Thread.sleep(50);
        }
        throw new IOException(Arrays.toString(Files.readAllLines(output).toArray()));
    }

    /** Connections to it, each with batches of its own. */
    List<Sender> senders(int connections) throws IOException, InterruptedException {
        String environment =
                post("/admin/environments", "{\"name\":\"load\",\"form\":\"hmac-hex\",\"mode\":\"STRICT\"}");
        String key = post("/admin/environments/" + member("id", environment) + "/keys", "{\"description\":\"load\"}");
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Batch batch = new Batch(member("secret", key), member("id", key));
            senders.add(new Sender(port, member("apiKey", environment), batch));
        }
        return senders;
    }

    private String post(String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String member(String name, String json) {
        Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!member.find()) {
            throw new IllegalStateException("no " + name + " in the answer");
        }
        return member.group(1);
    }

    CpuTime cpuTime() throws IOException {
        return CpuTime.of(process.pid());
    }

    /** The most memory that it has had. */
    long residentMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
