package dev.countersign.samples.kill;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * What the app says about itself, outside the SDK: entries of ten bytes down a pipe that belongs to the parent. One
 * write each, so that an entry is whole or not there; what was written before the app is killed, the parent reads after.
 *
 * <pre>
 * entry    byte kind | byte user | long number
 * </pre>
 */
final class Ledger {
    /** Kinds of entries; the number is the event's where nothing else is said. */
    enum Kind {
        /** The process runs. */
        STARTED,
        /** The client's directory is open. */
        OPEN,
        /** A call is about to be made. */
        BEGUN,
        /** It returned. */
        RETURNED,
        /** The event's callback says: given up, the queue is full. */
        EVICTED,
        /** The event's callback says something that must not be: rejected, or dropped for another reason. */
        REFUSED,
        /** The listener says: given up, the queue is full. The number is how many. */
        EVICTED_COUNT,
        /** The app is about to halt itself. The number is the phases it saw itself in. */
        HALTING,
        /** Everything was delivered. */
        DRAINED,
        /** The client says that its directory is in trouble. */
        STORAGE_PROBLEM
    }

    private static final int SIZE = 10;

    private final OutputStream pipe = new FileOutputStream(FileDescriptor.out);

    /** Adds an entry, on any thread. */
    void write(Kind kind, int user, long number) {
        byte[] entry = ByteBuffer.allocate(SIZE)
                .put((byte) kind.ordinal())
                .put((byte) user)
                .putLong(number)
                .array();
        try {
            pipe.write(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads entries until the pipe's other end is gone. */
    static void read(InputStream pipe, Reader reader) throws IOException {
        DataInputStream in = new DataInputStream(pipe);
        byte[] entry = new byte[SIZE];
        while (true) {
            try {
                in.readFully(entry);
            } catch (EOFException e) {
                return;
            }
            ByteBuffer fields = ByteBuffer.wrap(entry);
            reader.entry(Kind.values()[fields.get()], fields.get(), fields.getLong());
        }
    }

    /** Hears of entries. */
    interface Reader {
        void entry(Kind kind, int user, long number);
    }
}
