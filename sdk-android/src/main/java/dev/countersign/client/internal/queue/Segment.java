package dev.countersign.client.internal.queue;

import dev.countersign.client.internal.storage.MappedFile;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One file of queued events, mapped into memory and filled from the front. When none of its events is left it is used
 * again under a new generation, which invalidates what it held: the checksums cover the generation. Whatever moment the
 * process ends at, a record is either whole or not there. Not safe for use by several threads.
 *
 * <pre>
 * file     header A (32 bytes) | header B (32 bytes) | records, each at a multiple of 8
 * header   int "CSQ" and format version | int CRC-32 of the other fields | long generation | int size of the file | unused
 *            the valid one with the higher generation counts; a generation is used once in its directory
 * record   int CRC-32 of the generation, 8 bytes, and of all that follows the state
 *          int state: REMOVED, or anything else for live
 *          int length of the owner | int length of the event | long order | long calendar time when it was queued
 *          owner, UTF-8 | event; zeros once a removed one was erased
 * </pre>
 *
 * <p>Big-endian. The order is that of queueing: the generation of the file where the event was first written, and its
 * place there; it stays when the event is copied to another file.
 */
final class Segment {
    private static final int FORMAT = 'C' << 24 | 'S' << 16 | 'Q' << 8 | 1;
    private static final int HEADER = 32;
    private static final int FIRST = 2 * HEADER;
    private static final int RECORD = 32;
    private static final int STATE = 4;
    private static final int OWNER = 8;
    private static final int EVENT = 12;
    private static final int ORDER = 16;
    private static final int TIME = 24;
    private static final int REMOVED = 'G' << 24 | 'O' << 16 | 'N' << 8 | 'E';
    /** An owner's tag: two ids of 256 code points, and some. */
    private static final int MAX_OWNER = 2100;

    private static final int MAX_EVENT = 33 * 1024;
    /** Room that any record needs at most. */
    static final int MAX_RECORD = RECORD + MAX_OWNER + MAX_EVENT;

    private static final byte[] ZEROS = new byte[MAX_OWNER + MAX_EVENT];

    private final File file;
    private final ByteBuffer map;
    private final CRC32 crc = new CRC32();
    private long generation;
    /** Where the header stands that counts. */
    private int header;

    private int end = FIRST;
    private int live;
    private int liveBytes;

    private Segment(File file, ByteBuffer map) {
        this.file = file;
        this.map = map;
    }

    /** A new, empty file without a generation. */
    static Segment create(File file, int size) throws IOException {
        return new Segment(file, MappedFile.create(file, size));
    }

    /**
     * An existing file, whose records are still to be read.
     *
     * @throws IOException when it cannot be mapped or was written by another version of this library
     */
    static Segment open(File file) throws IOException {
        Segment segment = new Segment(file, MappedFile.open(file));
        for (int at = 0; at < FIRST && segment.map.capacity() >= FIRST; at += HEADER) {
            segment.readHeader(at);
        }
        if (segment.generation == 0) {
            segment.readGenerationOfARecord();
        }
        return segment;
    }

    /** Starts empty. Kill-safe: until the new header is whole the former one counts, whose events are all removed. */
    void begin(long newGeneration) {
        header = header == 0 ? HEADER : 0;
        generation = newGeneration;
        end = FIRST;
        live = 0;
        liveBytes = 0;
        map.putInt(header + 4, crcOfHeader(FORMAT, newGeneration, map.capacity()));
        map.putLong(header + 8, newGeneration);
        map.putInt(header + 16, map.capacity());
        map.putInt(header, FORMAT);
    }

    /** Its number among the files of its directory; 0 when it was never begun or both its headers are damaged. */
    long generation() {
        return generation;
    }

    /** Whether it is as long as it was when it was begun. */
    boolean isWhole() {
        return map.getInt(header + 16) == map.capacity();
    }

    /** Whether nothing was ever written to it; its first header may be torn. */
    boolean isBlank() {
        return generation == 0 && (map.capacity() < FIRST + RECORD || map.getLong(FIRST) == 0);
    }

    /** How many of its events are live. */
    int live() {
        return live;
    }

    /** How many bytes its live events take. */
    int liveBytes() {
        return liveBytes;
    }

    File file() {
        return file;
    }

    int capacity() {
        return map.capacity();
    }

    /** Whether an event of this length has room, whoever its owner is. */
    boolean hasRoom(int length) {
        return end + RECORD + MAX_OWNER + length <= map.capacity();
    }

    /**
     * Writes one record, for which there is room, and returns where. {@code scratch} has room for any record.
     *
     * @param order of an event that was queued before, 0 for a new one
     */
    int append(ByteBuffer scratch, byte[] owner, long wallMillis, long order, byte[] event, int length) {
        int size = RECORD + owner.length + length;
        scratch.clear();
        scratch.putLong(generation).putInt(owner.length).putInt(length);
        scratch.putLong(order == 0 ? generation << 32 | end : order).putLong(wallMillis);
        scratch.put(owner).put(event, 0, length);
        int sum = crc(scratch.array(), size);
        scratch.putLong(0, (long) sum << 32);
        int at = end;
        map.position(at);
        map.put(scratch.array(), 0, size);
        end = Math.min(map.capacity(), aligned(at + size));
        live++;
        liveBytes += size;
        return at;
    }

    /** Marks the live record there as removed. Reads nothing: what is old is far from the processor. */
    void remove(int at, byte[] owner, int length) {
        map.putInt(at + STATE, REMOVED);
        live--;
        liveBytes -= RECORD + owner.length + length;
    }

    /** Overwrites the owner and the event of the removed record there. */
    void erase(int at, byte[] owner, int length) {
        map.position(at + RECORD);
        map.put(ZEROS, 0, owner.length + length);
    }

    /** The event of the record there. */
    byte[] event(int at) {
        byte[] event = new byte[map.getInt(at + EVENT)];
        map.position(at + RECORD + map.getInt(at + OWNER));
        map.get(event);
        return event;
    }

    long order(int at) {
        return map.getLong(at + ORDER);
    }

    long wallMillis(int at) {
        return map.getLong(at + TIME);
    }

    /**
     * Reads every whole record. Where one is not, it goes on at the next place that holds one: damage costs what it hit.
     *
     * @return how many places were passed over that have something readable behind them
     */
    int scan(Visitor visitor) {
        byte[] record = new byte[MAX_RECORD];
        int gaps = 0;
        boolean inGap = false;
        int at = FIRST;
        while (at + RECORD <= map.capacity()) {
            boolean removed = map.getInt(at + STATE) == REMOVED;
            int size = readRecord(at, record);
            if (size < 0) {
                int erased = removed ? size(at) : -1;
                inGap |= erased < 0;
                at = erased < 0 ? at + 8 : aligned(at + erased);
                continue;
            }
            gaps += inGap ? 1 : 0;
            inGap = false;
            if (!removed) {
                int owner = map.getInt(at + OWNER);
                live++;
                liveBytes += size;
                visitor.found(at, new String(record, RECORD, owner, StandardCharsets.UTF_8), size - RECORD - owner);
            }
            at = aligned(at + size);
            end = Math.min(map.capacity(), at);
        }
        return gaps;
    }

    /** Copies the record there and returns its size; -1 when there is none. */
    private int readRecord(int at, byte[] record) {
        int size = size(at);
        if (size < 0) {
            return -1;
        }
        map.position(at);
        map.get(record, 0, size);
        ByteBuffer.wrap(record).putLong(generation);
        return map.getInt(at) == crc(record, size) ? size : -1;
    }

    /** The size of the record there, if there is one; -1 when there is none for sure. */
    private int size(int at) {
        int owner = map.getInt(at + OWNER);
        int event = map.getInt(at + EVENT);
        long from = map.getLong(at + ORDER) >>> 32;
        if (owner < 1 || owner > MAX_OWNER || event < 2 || event > MAX_EVENT || from < 1 || from > generation) {
            return -1;
        }
        int size = RECORD + owner + event;
        return at + size <= map.capacity() ? size : -1;
    }

    private void readHeader(int at) throws IOException {
        int format = map.getInt(at);
        long its = map.getLong(at + 8);
        if (map.getInt(at + 4) != crcOfHeader(format, its, map.getInt(at + 16)) || format >>> 8 != FORMAT >>> 8) {
            return;
        }
        if (format != FORMAT) {
            throw new IOException("format version " + (format & 0xff) + ", readable is " + (FORMAT & 0xff));
        }
        if (its > generation) {
            generation = its;
            header = at;
        }
    }

    /** Both headers are damaged: a record that was first written here still tells. */
    private void readGenerationOfARecord() {
        byte[] record = new byte[MAX_RECORD];
        for (int at = FIRST; at + RECORD <= map.capacity(); at += 8) {
            generation = map.getLong(at + ORDER) >>> 32;
            if (readRecord(at, record) > 0) {
                return;
            }
        }
        generation = 0;
    }

    private int crcOfHeader(int format, long itsGeneration, int size) {
        byte[] fields = new byte[16];
        ByteBuffer.wrap(fields).putInt(format).putLong(itsGeneration).putInt(size);
        return crc(fields, fields.length);
    }

    private int crc(byte[] bytes, int end) {
        crc.reset();
        crc.update(bytes, 0, end);
        return (int) crc.getValue();
    }

    private static int aligned(int at) {
        return at + 7 & -8;
    }

    /** Hears of the live records of a file. */
    interface Visitor {
        /** A live record at this place, with an event of this length. */
        void found(int at, String owner, int length);
    }
}
