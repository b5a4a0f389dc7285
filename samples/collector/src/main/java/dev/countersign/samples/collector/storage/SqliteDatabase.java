package dev.countersign.samples.collector.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One SQLite file. Thread-safe.
 *
 * <p>Durable: write-ahead log, {@code synchronous=FULL}; a write's future completes after the commit, so what it
 * reported survives a kill of the process and a loss of power. All writes go through one thread, which commits those
 * that wait together; reads have connections of their own and never wait for it. When the file cannot be written
 * (disk full), the writes of that commit fail and the next ones are tried again.
 *
 * <p>A lock file beside it keeps a second process out.
 */
public final class SqliteDatabase implements Database {
    /** Goes up when a file of the version before would be misread: it is refused instead. */
    private static final int VERSION = 2;
    /** 16 MiB of pages, negative means KiB: enough for the newest of the index; a commit may look through all of them. */
    private static final int CACHE_KIB = -(16 << 10);
    /** 16 MiB of log between checkpoints: a page that changed often is written back once. */
    private static final int CHECKPOINT_PAGES = 4_000;

    private final Path file;
    private final FileChannel lockFile;
    private final GroupCommit writer;

    private SqliteDatabase(Path file, FileChannel lockFile, GroupCommit writer) {
        this.file = file;
        this.lockFile = lockFile;
        this.writer = writer;
    }

    /**
     * Opens the file, creating it when it is missing.
     *
     * @param file where it lies; its directory exists
     * @param maxWaitingBytes how much may wait to be written before {@link OverloadedException}
     * @throws IOException when another process uses the file, or it is no database
     */
    public static SqliteDatabase open(Path file, long maxWaitingBytes) throws IOException {
        FileChannel lockFile = lock(file);
        try {
            createForOwnerOnly(file);
            requireVersion(file);
            return new SqliteDatabase(file, lockFile, GroupCommit.start(() -> connect(file, false), maxWaitingBytes));
        } catch (IOException | SQLException e) {
            lockFile.close();
            throw new IOException("cannot open the database " + file + ": " + e.getMessage(), e);
        }
    }

    /** Events are nobody else's business; the files that SQLite puts beside it get the same permissions. */
    private static void createForOwnerOnly(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    /** A file without tables is a new one and gets this version. */
    private static void requireVersion(Path file) throws SQLException {
        try (Connection connection = connect(file, false);
                Statement statement = connection.createStatement()) {
            int version = number(statement, "PRAGMA user_version");
            if (version == 0 && number(statement, "SELECT count(*) FROM sqlite_schema") == 0) {
                statement.execute("PRAGMA user_version = " + VERSION);
            } else if (version != VERSION) {
                throw new SQLException("it is of version " + version + "; this collector reads version " + VERSION);
            }
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /**
     * Does work in a transaction, after what was asked for before it.
     *
     * @param bytes about how much it writes; counts against the limit while it waits
     * @return the result, once it is durable; fails with what the work threw, or with {@link StorageException}
     * @throws OverloadedException when too much is waiting already
     */
    public <T> CompletableFuture<T> write(int bytes, Work<T> work) {
        return writer.submit(bytes, work);
    }

    @Override
    public void create(String... tables) {
        writeAndWait(sql -> {
            for (String table : tables) {
                sql.statement(table).execute();
            }
            return true;
        });
    }

    /** Like {@link #write}, never turned away: a key must be revocable under any load. */
    @Override
    public <T> T writeAndWait(Work<T> work) {
        try {
            return writer.submitUnlimited(work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** On the caller's thread and a connection of its own. */
    @Override
    public <T> T read(Work<T> work) {
        try (SqlConnection sql = new SqlConnection(connect(file, true))) {
            return work.run(sql);
        } catch (SQLException e) {
            throw new StorageException("cannot read the database", e);
        }
    }

    /** Whether writes are taken: no more after {@link #close}, or after an {@link Error} in one of them. */
    public boolean isOpen() {
        return writer.isOpen();
    }

    /** How much waits to be written, about. */
    public long waitingBytes() {
        return writer.waitingBytes();
    }

    /** Writes what waits, then closes the file. */
    @Override
    public void close() throws IOException {
        writer.close();
        lockFile.close();
    }

    private static Connection connect(Path file, boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(5_000);
        config.setGetGeneratedKeys(false); // Costs a query after every statement.
        config.setOpenMode(SQLiteOpenMode.NOMUTEX); // One thread at a time uses a connection.
        config.setTempStore(SQLiteConfig.TempStore.MEMORY); // What savepoints keep is a few pages.
        config.setReadOnly(readOnly);
        if (readOnly) {
            return config.createConnection("jdbc:sqlite:" + file);
        }
        config.setCacheSize(CACHE_KIB);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
        }
        return connection;
    }

    private static FileChannel lock(Path file) throws IOException {
        Path path = Path.of(file + ".lock");
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException("the database " + file + " is in use by another collector");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
