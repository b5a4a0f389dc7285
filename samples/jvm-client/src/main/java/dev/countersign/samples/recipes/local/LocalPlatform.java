package dev.countersign.samples.recipes.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A platform for the length of a run: the collector as a process on loopback, an environment in STRICT, and the key that it
 * issued. Not thread-safe; ends with the run.
 */
public final class LocalPlatform implements AutoCloseable {
    private static final JsonAdapter<Object> JSON = new Moshi.Builder().build().adapter(Object.class);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String adminToken = UUID.randomUUID() + "-" + UUID.randomUUID();
    private final Path directory;
    private CollectorProcess process;
    private final Map<?, ?> environment;
    private final KeySource keys;

    private LocalPlatform(Path directory, String form, String profile) throws IOException, InterruptedException {
        this.directory = directory;
        process = CollectorProcess.start(directory, 0, adminToken);
        try {
            environment = admin(
                    "environments", Map.of("name", "recipes", "form", form, "profile", profile, "mode", "STRICT"));
            Map<?, ?> issued = admin("environments/" + environmentId() + "/keys", Map.of("description", "recipes"));
            SigningKey key = SigningKey.of(text(issued, "id"), Secret.of(text(issued, "secret")), KeyStatus.PRIMARY);
            keys = KeySource.of(KeyRing.of(1, List.of(key)));
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** Starts one that takes proofs of this form: {@code hmac-hex}, {@code hmac-base64}, {@code hmac-v1} or {@code jwt}. */
    public static LocalPlatform start(String form) throws IOException, InterruptedException {
        return start(form, "native");
    }

    /** The same with a vendor's profile, such as {@code pendo}. */
    public static LocalPlatform start(String form, String profile) throws IOException, InterruptedException {
        return new LocalPlatform(Files.createTempDirectory("countersign-recipes"), form, profile);
    }

    /** What the app gives to {@code endpoint}. */
    public String url() {
        return process.url();
    }

    /** The environment's public key, which the app is built with. */
    public String apiKey() {
        return text(environment, "apiKey");
    }

    /** What a JWT for this environment names as its audience. */
    public String environmentId() {
        return text(environment, "id");
    }

    /** The key that the platform issued to the back end. The app never sees it. */
    public KeySource keys() {
        return keys;
    }

    /** A folder of this run, where the collector's file is too: {@code collector.db}. */
    public Path directory() {
        return directory;
    }

    /** The platform is down: nobody listens. */
    public void goDown() {
        process.close();
    }

    /** The platform is back at the same address, with what it had stored. */
    public void comeBack() throws IOException {
        process = CollectorProcess.start(directory, URI.create(url()).getPort(), adminToken);
    }

    /** What it stored, one line an event: whom it is about, what it is, whether the proof held. */
    public List<String> stored() throws SQLException {
        String sql = "SELECT coalesce(json_extract(body, '$.userId'), 'a visitor'), type, name,"
                + " json_extract(body, '$.groupId'), verdict FROM event ORDER BY 1, 2, 3";
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("collector.db"));
                Statement statement = connection.createStatement();
                ResultSet events = statement.executeQuery(sql)) {
            while (events.next()) {
                String name = events.getString(3) == null ? "" : " " + events.getString(3);
                String group = events.getString(4) == null ? "" : " of " + events.getString(4);
                lines.add("stored: " + events.getString(1) + group + ", " + events.getString(2) + name + ", "
                        + events.getString(5));
            }
        }
        return lines;
    }

    private Map<?, ?> admin(String path, Map<String, String> body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + "/admin/" + path))
                .header("Authorization", "Bearer " + adminToken)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.toJson(body)));
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        if (answer.statusCode() >= 300) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return (Map<?, ?>) Objects.requireNonNull(JSON.fromJson(answer.body()));
    }

    private static String text(Map<?, ?> object, String member) {
        return (String) Objects.requireNonNull(object.get(member));
    }

    /** Ends the collector and removes what it stored. */
    @Override
    public void close() throws IOException {
        process.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
