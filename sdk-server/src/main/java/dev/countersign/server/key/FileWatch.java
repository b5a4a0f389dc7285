package dev.countersign.server.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;

/**
 * Tells when a file has changed since it was last asked, by time, size and identity (a rename over it gives it another
 * one). Asking beats the system's change events, which do not reach over mounts and symbolic links. One thread only.
 */
final class FileWatch {
    private final Path file;
    private List<Object> seen;

    FileWatch(Path file) {
        this.file = file;
        this.seen = look();
    }

    boolean changed() {
        List<Object> now = look();
        boolean changed = !now.equals(seen);
        seen = now;
        return changed;
    }

    private List<Object> look() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(
                    attributes.lastModifiedTime(),
                    attributes.size(),
                    Objects.requireNonNullElse(attributes.fileKey(), ""));
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
