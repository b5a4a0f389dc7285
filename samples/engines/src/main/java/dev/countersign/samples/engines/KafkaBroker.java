package dev.countersign.samples.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka broker in KRaft mode, which is its own controller: {@code KafkaBroker <directory> <port> <controller's
 * port>}. It prints {@code READY} and ends when its standard input does.
 */
public final class KafkaBroker {
    private static final String LOOPBACK = "127.0.0.1:";

    private KafkaBroker() {}

    /** Starts it. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Properties properties = properties(directory, args[1], args[2]);
        if (!Files.exists(directory.resolve("meta.properties"))) {
            format(directory);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        server.startup();
        System.out.println("READY");
        StandardInput.awaitEnd();
        server.shutdown();
        System.exit(0);
    }

    private static Properties properties(Path directory, String port, String controllerPort) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@" + LOOPBACK + controllerPort);
        properties.put("listeners", "PLAINTEXT://" + LOOPBACK + port + ",CONTROLLER://" + LOOPBACK + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://" + LOOPBACK + port);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        properties.put("log.dirs", directory.toString());
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("auto.create.topics.enable", "false");
        properties.put("group.initial.rebalance.delay.ms", "0");
        return properties;
    }

    private static void format(Path directory) throws Exception {
        Files.createDirectories(directory);
        try {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .run();
        } catch (IOException e) {
            throw new IOException("cannot format " + directory, e);
        }
    }
}
