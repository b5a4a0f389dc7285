package dev.countersign.client.internal.storage;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Files mapped into memory: writing to one is no system call, and what was written survives the process, though not a
 * power cut. The system writes it to the disk in its own time. A mapping cannot be taken back; it ends with the garbage
 * collection of its buffer.
 */
public final class MappedFile {
    private static final int ZEROS = 64 * 1024;
    private static final int PAGE = 4 * 1024;

    private MappedFile() {}

    /** Maps an existing file, whole. */
    public static MappedByteBuffer open(File file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file, "rw")) {
            if (access.length() > Integer.MAX_VALUE) {
                throw new IOException(access.length() + " bytes are more than can be mapped");
            }
            return access.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, access.length());
        }
    }

    /**
     * Makes a file of {@code size} zeros and maps it. The zeros are written, because a page that has no place on a full
     * disk would fail when it is first touched, and end the process.
     *
     * @throws IOException when it is there already or has no room; nothing is left behind then
     */
    public static MappedByteBuffer create(File file, int size) throws IOException {
        if (!file.createNewFile()) {
            throw new IOException(file.getName() + " is there already");
        }
        try {
            MappedByteBuffer map = openOrCreate(file, size);
            touch(map);
            return map;
        } catch (IOException | RuntimeException | Error e) {
            file.delete();
            throw e;
        }
    }

    /** Maps the first {@code size} bytes of a file, which is made or filled up with zeros where it is shorter. */
    public static MappedByteBuffer openOrCreate(File file, int size) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file, "rw")) {
            fill(access, size);
            return access.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, size);
        }
    }

    /** Writes to each page, so that nobody's first write to one waits for the system to set it up. */
    private static void touch(MappedByteBuffer map) {
        for (int at = 0; at < map.capacity(); at += PAGE) {
            map.put(at, (byte) 0);
        }
    }

    private static void fill(RandomAccessFile access, int size) throws IOException {
        byte[] zeros = new byte[ZEROS];
        access.seek(access.length());
        for (long at = access.length(); at < size; at += zeros.length) {
            access.write(zeros, 0, (int) Math.min(zeros.length, size - at));
        }
    }
}
