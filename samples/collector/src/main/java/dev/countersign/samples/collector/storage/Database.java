package dev.countersign.samples.collector.storage;

import java.io.IOException;

/**
 * Where keys, settings, credentials, the audit log and counts lie: a relational database that is reached through JDBC.
 * Thread-safe.
 *
 * <p>This and {@link EventStore} are all that another storage implements. The statements of the classes above keep to
 * what SQLite and PostgreSQL both understand.
 */
public interface Database extends AutoCloseable {

    /**
     * Creates tables where they are missing. A database with migrations of its own has them already and does nothing.
     *
     * @param tables in SQLite's words
     */
    void create(String... tables);

    /**
     * Does work in a transaction and waits for it. Such transactions happen one after the other, whoever asks for them:
     * what a work reads stays so until its commit. Not for threads that must not block.
     *
     * @return the result, once it is durable
     * @throws StorageException when it could not be made durable
     */
    <T> T writeAndWait(Work<T> work);

    /**
     * Reads what is committed, without waiting for writes.
     *
     * @return the result of the work
     * @throws StorageException when the database cannot be read
     */
    <T> T read(Work<T> work);

    /** Ends what is under way, then closes the connections. */
    @Override
    void close() throws IOException;
}
