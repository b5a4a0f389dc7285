package dev.countersign.samples.collector.scaled;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of its own, in memory, that can be filled. Takes root's rights. */
final class SmallDisk implements AutoCloseable {
    final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** Null where it cannot be had. */
    static SmallDisk mount(Path path, String size) throws IOException, InterruptedException {
        Files.createDirectories(path);
        int exit = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return exit == 0 ? new SmallDisk(path) : null;
    }

    void fill() throws IOException {
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(path.resolve("filler"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // Full.
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(path.resolve("filler"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        new ProcessBuilder("umount", "-l", path.toString()).start().waitFor();
    }
}
