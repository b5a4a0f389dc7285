package dev.countersign.samples.collector;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the operator chooses, by environment variables or system properties of the same names.
 *
 * @param database {@code COLLECTOR_DB}: the SQLite file; default {@code collector.db}
 * @param host {@code HOST}: the address to listen on; default {@code 127.0.0.1}, because there is no TLS here
 * @param port {@code PORT}: 0 to 65535, 0 for a free one; default 8080
 * @param adminToken {@code COLLECTOR_ADMIN_TOKEN}: at least 32 characters; null for one that is generated
 * @param masterKey {@code COLLECTOR_MASTER_KEY}: 32 bytes in Base64; null for one in a file beside the database
 */
public record Settings(
        Path database,
        String host,
        int port,
        @Nullable String adminToken,
        @Nullable String masterKey) {

    private static final int MAX_PORT = 65_535;

    /** The settings of this process; a system property wins over an environment variable. */
    public static Settings ofProcess() {
        return of(name -> System.getProperty(name, System.getenv(name)));
    }

    static Settings of(UnaryOperator<@Nullable String> source) {
        return new Settings(
                Path.of(or(source.apply("COLLECTOR_DB"), "collector.db")),
                or(source.apply("HOST"), "127.0.0.1"),
                port(or(source.apply("PORT"), "8080")),
                given(source.apply("COLLECTOR_ADMIN_TOKEN")),
                given(source.apply("COLLECTOR_MASTER_KEY")));
    }

    /** Leaves the token and the key out. */
    @Override
    public String toString() {
        return "Settings[database=" + database + ", host=" + host + ", port=" + port + "]";
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, in the words of the setting.
        }
        throw new IllegalArgumentException("PORT is " + text + "; allowed are 0 to " + MAX_PORT);
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /** A variable that is set to nothing is not given. */
    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
