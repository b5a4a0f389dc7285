package dev.countersign.samples.collector.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** One connection with its prepared statements. Not thread-safe: belongs to the work it is handed to. */
public final class SqlConnection implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /**
     * Takes a connection over.
     *
     * @param connection closed with this
     */
    public SqlConnection(Connection connection) {
        this.connection = connection;
    }

    /** Opens connections to one database. */
    interface Opener {
        Connection open() throws SQLException;
    }

    /**
     * The statement of a text, prepared once and kept; do not close it.
     *
     * @param sql the text, a constant
     * @param parameters what its {@code ?} stand for, in order
     * @return the statement with its parameters set
     */
    public PreparedStatement statement(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /** Those of the next work are prepared anew. */
    void closeStatements() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }

    /** In JDBC a transaction begins with the end of auto-commit, and the other way round. */
    void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    void commit() throws SQLException {
        connection.setAutoCommit(true);
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
