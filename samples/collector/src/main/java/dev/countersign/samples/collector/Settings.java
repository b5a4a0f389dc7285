package dev.countersign.samples.collector;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the operator chooses: by system properties, environment variables or a properties file that {@code
 * COLLECTOR_CONFIG} names, in this order, under the same names.
 *
 * @param database {@code COLLECTOR_DB}: the SQLite file; default {@code collector.db}
 * @param host {@code HOST}: the address to listen on; default {@code 127.0.0.1}, because there is no TLS here
 * @param port {@code PORT}: 0 to 65535, 0 for a free one; default 8080
 * @param adminToken {@code COLLECTOR_ADMIN_TOKEN}: at least 32 characters; null for one that is generated
 * @param masterKey {@code COLLECTOR_MASTER_KEY}: 32 bytes in Base64; null for one in a file beside the database
 * @param retention {@code COLLECTOR_RETENTION_DAYS}: how long events are kept, 30 days or more; default 90
 */
public record Settings(
        Path database,
        String host,
        int port,
        @Nullable String adminToken,
        @Nullable String masterKey,
        Duration retention) {

    private static final int MAX_PORT = 65_535;
    /** Longer than any client keeps an event: one that is sent again later would be stored again. */
    private static final int MIN_RETENTION_DAYS = 30;

    private static final int MAX_RETENTION_DAYS = 36_500;

    /** The settings of this process; a system property wins over an environment variable, and that over the file. */
    public static Settings ofProcess() {
        return of(source());
    }

    /** Where the settings of this process are read, for parts that have more of them. */
    public static UnaryOperator<@Nullable String> source() {
        UnaryOperator<@Nullable String> given = name -> System.getProperty(name, System.getenv(name));
        String file = given.apply("COLLECTOR_CONFIG");
        Properties properties = file == null || file.isEmpty() ? new Properties() : read(Path.of(file));
        return name -> {
            String value = given.apply(name);
            return value == null ? properties.getProperty(name) : value;
        };
    }

    static Settings of(UnaryOperator<@Nullable String> source) {
        return new Settings(
                Path.of(or(source.apply("COLLECTOR_DB"), "collector.db")),
                or(source.apply("HOST"), "127.0.0.1"),
                number("PORT", or(source.apply("PORT"), "8080"), 0, MAX_PORT),
                given(source.apply("COLLECTOR_ADMIN_TOKEN")),
                given(source.apply("COLLECTOR_MASTER_KEY")),
                Duration.ofDays(number(
                        "COLLECTOR_RETENTION_DAYS",
                        or(source.apply("COLLECTOR_RETENTION_DAYS"), "90"),
                        MIN_RETENTION_DAYS,
                        MAX_RETENTION_DAYS)));
    }

    /** Leaves the token and the key out. */
    @Override
    public String toString() {
        return "Settings[database=" + database + ", host=" + host + ", port=" + port + "]";
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("COLLECTOR_CONFIG cannot be read: " + e.getMessage(), e);
        }
    }

    private static int number(String name, String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, in the words of the setting.
        }
        throw new IllegalArgumentException(name + " is " + text + "; allowed are " + min + " to " + max);
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /** A variable that is set to nothing is not given. */
    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
