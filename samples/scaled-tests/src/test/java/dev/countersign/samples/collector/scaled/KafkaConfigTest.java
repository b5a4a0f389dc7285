package dev.countersign.samples.collector.scaled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operator's file of settings for Kafka's clients. */
@Timeout(120)
class KafkaConfigTest {
    @TempDir
    Path directory;

    private ScaledSettings with(String file) {
        ScaledSettings fresh = Engines.shared().fresh("test");
        return new ScaledSettings(
                fresh.postgres(),
                fresh.user(),
                fresh.password(),
                fresh.kafka(),
                file,
                fresh.topic(),
                fresh.partitions(),
                fresh.replicas(),
                fresh.instance());
    }

    private String file(String text) throws Exception {
        return Files.writeString(directory.resolve("kafka.properties"), text).toString();
    }

    @Test
    void whatTheFileSays_isToldToTheBroker_andWhatKeepsEventsSafeCannotBeTakenBack() throws Exception {
        ScaledSettings settings =
                with(file("client.id=from-the-file\nacks=0\ngroup.id=another\nbootstrap.servers=127.0.0.1:1\n"));
        Topic.create(settings);

        try (var producer = Topic.producer(settings)) {
            // The broker gives no offset where no word of it is asked for.
            assertTrue(producer.send(new ProducerRecord<>(settings.topic(), new byte[1]))
                    .get()
                    .hasOffset());
            assertEquals(
                    "from-the-file",
                    producer.metrics().keySet().iterator().next().tags().get("client-id"));
        }
        try (var consumer = Topic.consumer(settings, 1)) {
            assertEquals(Topic.group(settings), consumer.groupMetadata().groupId());
        }
    }

    /** A login for a broker that wants none: the client's side of it is what is looked at. */
    @Test
    void aLogin_isUsed_andAFileThatIsWrongOrMissing_endsTheStart() throws Exception {
        ScaledSettings login = with(file("security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\n"));
        ScaledSettings missing = with(directory.resolve("missing").toString());

        KafkaException noUser = assertThrows(KafkaException.class, () -> Topic.create(login));
        UncheckedIOException noFile = assertThrows(UncheckedIOException.class, () -> Topic.create(missing));

        Throwable cause = noUser;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertTrue(cause.getMessage().contains("JAAS"), cause.getMessage());
        assertTrue(noFile.getMessage().startsWith("COLLECTOR_KAFKA_CONFIG cannot be read: "), noFile.getMessage());
    }

    @Test
    void theFile_isNamedByTheEnvironment_andNoneIsNeeded() {
        Map<String, String> environment =
                new HashMap<>(Map.of("COLLECTOR_POSTGRES", "jdbc:postgresql://h/d", "COLLECTOR_KAFKA", "h:9092"));

        assertEquals(null, ScaledSettings.of(environment::get).kafkaConfig());
        environment.put("COLLECTOR_KAFKA_CONFIG", "/etc/kafka.properties");
        assertEquals(
                "/etc/kafka.properties", ScaledSettings.of(environment::get).kafkaConfig());
    }
}
