package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where Kafka and PostgreSQL are; read as {@link Settings} is.
 *
 * @param postgres {@code COLLECTOR_POSTGRES}: {@code jdbc:postgresql://host:port/database}
 * @param user {@code COLLECTOR_POSTGRES_USER}; default {@code collector}
 * @param password {@code COLLECTOR_POSTGRES_PASSWORD}; default none
 * @param kafka {@code COLLECTOR_KAFKA}: {@code host:port}, several with commas
 * @param kafkaConfig {@code COLLECTOR_KAFKA_CONFIG}: a properties file with more for Kafka's clients, as TLS and a login;
 *     null for none
 * @param topic {@code COLLECTOR_TOPIC}: where events go; default {@code countersign-events}
 * @param partitions {@code COLLECTOR_TOPIC_PARTITIONS}: of a topic that is not there yet; default 12
 * @param replicas {@code COLLECTOR_TOPIC_REPLICAS}: of a topic that is not there yet; default 3
 * @param instance {@code COLLECTOR_INSTANCE}: this process among those that share the database; default the host's name
 *     with the port
 */
public record ScaledSettings(
        String postgres,
        String user,
        String password,
        String kafka,
        @Nullable String kafkaConfig,
        String topic,
        int partitions,
        int replicas,
        String instance) {

    /** With nothing for Kafka's clients that is empty. */
    public ScaledSettings {
        kafkaConfig = kafkaConfig == null || kafkaConfig.isEmpty() ? null : kafkaConfig;
    }

    /** The settings of this process. */
    public static ScaledSettings ofProcess() {
        return of(Settings.source());
    }

    static ScaledSettings of(UnaryOperator<@Nullable String> source) {
        return new ScaledSettings(
                required(source, "COLLECTOR_POSTGRES"),
                or(source.apply("COLLECTOR_POSTGRES_USER"), "collector"),
                or(source.apply("COLLECTOR_POSTGRES_PASSWORD"), ""),
                required(source, "COLLECTOR_KAFKA"),
                source.apply("COLLECTOR_KAFKA_CONFIG"),
                or(source.apply("COLLECTOR_TOPIC"), "countersign-events"),
                number(source, "COLLECTOR_TOPIC_PARTITIONS", "12"),
                number(source, "COLLECTOR_TOPIC_REPLICAS", "3"),
                or(source.apply("COLLECTOR_INSTANCE"), host() + ":" + or(source.apply("PORT"), "8080")));
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "ScaledSettings[postgres=" + postgres + ", kafka=" + kafka + ", topic=" + topic + ", instance="
                + instance + "]";
    }

    private static String required(UnaryOperator<@Nullable String> source, String name) {
        String value = source.apply(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(name + " is not set; several collectors must share it");
        }
        return value;
    }

    private static int number(UnaryOperator<@Nullable String> source, String name, String otherwise) {
        String text = or(source.apply(name), otherwise);
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, in the words of the setting.
        }
        throw new IllegalArgumentException(name + " is " + text + "; allowed are numbers above 0");
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "collector";
        }
    }
}
