package dev.countersign.client.internal.storage;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A few bytes that are replaced as a whole and survive a killed process. Two slots take turns, so that a write cut short
 * leaves the former content; the valid one with the higher count is the content. A damaged file counts as empty. Writing
 * is no system call. Safe for use by several threads.
 *
 * <pre>
 * file   slot A (8 KiB) | slot B (8 KiB)
 * slot   int CRC-32 of all that follows | int length | long count | content
 * </pre>
 */
public final class StateFile {
    /** Most bytes of the content. */
    public static final int MAX_BYTES = 8 * 1024 - 16;

    private static final int SLOT = 8 * 1024;
    private static final int HEADER = 16;

    private final ByteBuffer map;
    private byte @Nullable [] content;
    private long count;

    private StateFile(ByteBuffer map) {
        this.map = map;
        for (int slot = 0; slot < 2; slot++) {
            byte[] record = new byte[SLOT];
            map.position(slot * SLOT);
            map.get(record);
            ByteBuffer fields = ByteBuffer.wrap(record);
            int crc = fields.getInt();
            int length = fields.getInt();
            long itsCount = fields.getLong();
            if (length >= 0 && length <= MAX_BYTES && crc == crc(record, HEADER + length) && itsCount > count) {
                count = itsCount;
                content = Arrays.copyOfRange(record, HEADER, HEADER + length);
            }
        }
    }

    /** Opens the file, making it first when it is not there. */
    public static StateFile open(File file) throws IOException {
        return new StateFile(MappedFile.openOrCreate(file, 2 * SLOT));
    }

    /** The content, or null when nothing was written or nothing could be read. */
    public synchronized byte @Nullable [] read() {
        return content == null ? null : content.clone();
    }

    /** Replaces the content, at most {@link #MAX_BYTES}. */
    public synchronized void write(byte[] newContent) {
        if (newContent.length > MAX_BYTES) {
            throw new IllegalArgumentException("state: " + newContent.length + " bytes, allowed are " + MAX_BYTES);
        }
        count++;
        byte[] record = new byte[HEADER + newContent.length];
        ByteBuffer fields = ByteBuffer.wrap(record);
        fields.putInt(0).putInt(newContent.length).putLong(count).put(newContent);
        fields.putInt(0, crc(record, record.length));
        map.position((int) (count & 1) * SLOT);
        map.put(record);
        content = newContent.clone();
    }

    private static int crc(byte[] record, int end) {
        CRC32 crc = new CRC32();
        crc.update(record, 4, end - 4);
        return (int) crc.getValue();
    }
}
