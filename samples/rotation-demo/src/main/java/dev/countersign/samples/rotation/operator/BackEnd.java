package dev.countersign.samples.rotation.operator;

import dev.countersign.samples.rotation.wire.HttpJson;
import dev.countersign.samples.rotation.wire.Json;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One back end's ring files, one for each environment, and what it says about them. Not thread-safe. */
public final class BackEnd {

    private final String name;
    private final Path directory;
    private final Map<String, KeyRing> rings = new TreeMap<>();
    private @Nullable String url;
    private @Nullable HttpJson http;

    /** A back end that reads its ring files from {@code directory}, which is created. */
    public BackEnd(String name, Path directory) throws IOException {
        this.name = name;
        this.directory = Files.createDirectories(directory);
    }

    /** The back end's name. */
    public String name() {
        return name;
    }

    /** Where the ring of {@code environment} lies. */
    public Path ringFile(Environment environment) {
        return directory.resolve(environment.name() + ".ring.json");
    }

    /** Writes the ring that the back end starts with. */
    public void install(Environment environment, KeyRing first) throws IOException {
        write(environment, first);
    }

    /** Writes the ring that {@code change} makes of the present one; the back end loads it while it runs. */
    public void change(Environment environment, UnaryOperator<KeyRing> change) throws IOException {
        KeyRing present = rings.get(environment.name());
        if (present == null) {
            throw new IllegalStateException(name + " has no ring for " + environment.name() + " yet");
        }
        write(environment, change.apply(present));
    }

    /** Notes where the back end listens, once it does. */
    public void listensAt(String url) {
        this.url = url;
        http = new HttpJson(url, "User-Agent", "rotation-demo", Duration.ofSeconds(5));
    }

    /** Where the back end listens. */
    public String url() {
        if (url == null) {
            throw new IllegalStateException(name + " has not started yet");
        }
        return url;
    }

    /** Whether the back end says that it uses every ring as written last. */
    public boolean hasLoadedItsRings() throws IOException, InterruptedException {
        if (http == null) {
            throw new IllegalStateException(name + " has not started yet");
        }
        Map<String, Object> environments = Json.objectAt(http.get("/health").body(), "environments");
        return rings.entrySet().stream()
                .allMatch(entry -> Json.numberAt(Json.objectAt(environments, entry.getKey()), "ringVersion")
                        == entry.getValue().version());
    }

    private void write(Environment environment, KeyRing ring) throws IOException {
        KeyRingFile.write(ringFile(environment), ring);
        rings.put(environment.name(), ring);
    }
}
