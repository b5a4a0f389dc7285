package dev.countersign.client.internal.session;

import dev.countersign.client.delivery.CollectionMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the next process has to know: what the user agreed to, and who they are unless that is to be forgotten. No proof,
 * no traits. Immutable.
 *
 * <pre>
 * byte 1 (the version) | byte collection mode | byte members | anonymous id [| user id] [| group id]
 *                                                 1 session, 2 user, 4 group        as DataOutput.writeUTF does
 * </pre>
 */
public final class SavedSession {
    private static final int VERSION = 1;
    private static final int SESSION = 1;
    private static final int USER = 2;
    private static final int GROUP = 4;

    private final CollectionMode mode;
    private final @Nullable Session session;

    /** A session, or none, and the mode. */
    public SavedSession(CollectionMode mode, @Nullable Session session) {
        this.mode = mode;
        this.session = session;
    }

    /** What the user agreed to. */
    public CollectionMode mode() {
        return mode;
    }

    /** Who is using the app, if that was kept. */
    public @Nullable Session session() {
        return session;
    }

    /** Writes it down. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(mode.ordinal());
            String userId = session == null ? null : session.userId();
            String groupId = session == null ? null : session.owner().groupId();
            out.writeByte(
                    (session == null ? 0 : SESSION) | (userId == null ? 0 : USER) | (groupId == null ? 0 : GROUP));
            if (session != null) {
                out.writeUTF(session.anonymousId());
            }
            if (userId != null) {
                out.writeUTF(userId);
            }
            if (groupId != null) {
                out.writeUTF(groupId);
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IOException when it is something else
     */
    public static SavedSession decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readByte();
        int mode = in.readByte();
        int members = in.readByte();
        if (version != VERSION || mode < 0 || mode >= CollectionMode.values().length) {
            throw new IOException("session of format version " + version + ", readable is " + VERSION);
        }
        Session session = null;
        if ((members & SESSION) != 0) {
            session = Session.anonymous(in.readUTF());
            session = (members & USER) == 0 ? session : session.identify(in.readUTF());
            session = (members & GROUP) == 0 ? session : session.group(in.readUTF());
        }
        return new SavedSession(CollectionMode.values()[mode], session);
    }
}
