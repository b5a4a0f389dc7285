package dev.countersign.samples.collector.scaled;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/** The topic of events, and how it is written and read. */
final class Topic {
    private Topic() {}

    /** Creates it where it is missing. */
    static void create(ScaledSettings settings) {
        try (Admin admin = Admin.create(config(settings, Map.of("default.api.timeout.ms", "30000")))) {
            NewTopic topic = new NewTopic(settings.topic(), settings.partitions(), (short) settings.replicas());
            // An acknowledged event lies on two brokers at least, wherever there are two.
            topic.configs(Map.of("min.insync.replicas", settings.replicas() > 1 ? "2" : "1"));
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("the topic " + settings.topic() + " cannot be created", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topic was created", e);
        }
    }

    /** The group that brings events to the database. */
    static String group(ScaledSettings settings) {
        return settings.topic() + "-table";
    }

    /** What a broker asks for, as TLS and a login, from the operator's file; what is this collector's own stays. */
    private static Map<String, Object> config(ScaledSettings settings, Map<String, Object> own) {
        Map<String, Object> config = new HashMap<>();
        if (settings.kafkaConfig() != null) {
            try {
                Utils.loadProps(settings.kafkaConfig()).forEach((name, value) -> config.put((String) name, value));
            } catch (IOException e) {
                throw new UncheckedIOException("COLLECTOR_KAFKA_CONFIG cannot be read: " + e.getMessage(), e);
            }
        }
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.kafka());
        config.putAll(own);
        return config;
    }

    static KafkaProducer<byte[], byte[]> producer(ScaledSettings settings) {
        Map<String, Object> config = Map.ofEntries(
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 5),
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10),
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * KafkaEventStore.MAX_WAITING_BYTES),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000),
                Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500),
                // The topic's metadata stays known, so that no request waits for it.
                Map.entry(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Long.MAX_VALUE),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000));
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config(settings, config), new ByteArraySerializer(), new ByteArraySerializer());
        var unused = producer.partitionsFor(settings.topic());
        return producer;
    }

    static KafkaConsumer<byte[], byte[]> consumer(ScaledSettings settings, int maxRecords) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                group(settings),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                maxRecords,
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                2_000,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                4 << 20,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                100);
        return new KafkaConsumer<>(config(settings, config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
