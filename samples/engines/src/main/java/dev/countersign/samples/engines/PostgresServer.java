package dev.countersign.samples.engines;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * One PostgreSQL server: {@code PostgresServer <directory> <port> [name=value …]}, with settings of the server. User
 * {@code postgres} needs no password. It prints {@code READY} and ends when its standard input does.
 */
public final class PostgresServer {
    private PostgresServer() {}

    /** Starts it. */
    public static void main(String[] args) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(Path.of(args[0]))
                .setCleanDataDirectory(false)
                .setPort(Integer.parseInt(args[1]))
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("encoding", "UTF8");
        // As in production: what is committed survives a loss of power.
        Map.of("fsync", "on", "synchronous_commit", "on", "max_wal_size", "4GB", "shared_buffers", "256MB")
                .forEach(builder::setServerConfig);
        for (int i = 2; i < args.length; i++) {
            String[] setting = args[i].split("=", 2);
            builder.setServerConfig(setting[0], setting[1]);
        }
        EmbeddedPostgres server = builder.start();
        System.out.println("READY");
        StandardInput.awaitEnd();
        server.close();
        System.exit(0);
    }
}
