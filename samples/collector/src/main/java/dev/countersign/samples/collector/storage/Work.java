package dev.countersign.samples.collector.storage;

import java.sql.SQLException;

/**
 * Something to do in a transaction.
 *
 * @param <T> what it results in
 */
@FunctionalInterface
public interface Work<T> {

    /**
     * Does it. Whatever this throws undoes all of it and reaches whoever asked for it.
     *
     * @param sql the connection, only valid during this call
     * @return the result
     */
    T run(SqlConnection sql) throws SQLException;
}
