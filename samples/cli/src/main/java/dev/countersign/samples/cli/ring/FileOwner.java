package dev.countersign.samples.cli.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose a ring file is, and who may read it. A changed ring is a new file; under sudo it would become root's. */
final class FileOwner {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private FileOwner() {}

    /** The file's owner and mode; null where the system has none. */
    static @Nullable PosixFileAttributes of(Path file) throws IOException {
        PosixFileAttributeView view = view(file);
        return view == null ? null : view.readAttributes();
    }

    /** Gives the file to the owner and group that the ring had. */
    static void restore(Path file, @Nullable PosixFileAttributes former) throws IOException {
        PosixFileAttributeView view = view(file);
        if (view == null || former == null) {
            return;
        }
        PosixFileAttributes now = view.readAttributes();
        if (!now.owner().equals(former.owner()) || !now.group().equals(former.group())) {
            try {
                view.setGroup(former.group());
                view.setOwner(former.owner());
            } catch (IOException notAllowed) {
                throw new IOException("the ring is changed, but " + file + " belongs to "
                        + now.owner().getName() + "; it must belong to "
                        + former.owner().getName() + ", so chown it");
            }
        }
    }

    /** What is wrong with the file's mode; null when nothing is. */
    static @Nullable String problem(Path file) throws IOException {
        PosixFileAttributes attributes = of(file);
        if (attributes == null || OWNER_ONLY.containsAll(attributes.permissions())) {
            return null;
        }
        return "warning: ring file " + file + " has mode " + PosixFilePermissions.toString(attributes.permissions())
                + "; allowed is rw------- (0600): others may have read its secrets";
    }

    private static @Nullable PosixFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class, new LinkOption[0]);
    }
}
