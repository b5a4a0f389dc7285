package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.storage.AcceptedEvent;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An accepted event as a record of the topic.
 *
 * <pre>
 * key:    environment | 0x00 | owner                      events of one owner keep their order
 * value:  version 1 (1 byte) | anonymous (1) | verdict: V, A or M (1) | received at (8)
 *         | environment, id, owner, type, body, name, reason, key id, claimed anonymous id
 *         each text: length in bytes (4), -1 for none | UTF-8
 * </pre>
 */
final class EventRecord {
    private static final byte VERSION = 1;
    private static final byte[] NONE = new byte[0];
    private static final int HEAD = 11;
    private static final int TEXTS = 9;

    private EventRecord() {}

    static byte[] key(AcceptedEvent event) {
        return (event.environment() + '\0' + event.owner()).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] value(AcceptedEvent event) {
        byte[][] texts = new byte[][] {
            utf8(event.environment()),
            utf8(event.id()),
            utf8(event.owner()),
            utf8(event.type()),
            utf8(event.body()),
            utf8(event.name()),
            utf8(event.reason()),
            utf8(event.keyId()),
            utf8(event.claimedAnonymousId())
        };
        int length = HEAD + TEXTS * Integer.BYTES;
        for (byte[] text : texts) {
            length += text == NONE ? 0 : text.length;
        }
        ByteBuffer value = ByteBuffer.allocate(length)
                .put(VERSION)
                .put((byte) (event.anonymous() ? 1 : 0))
                .put(letter(event.verdict()))
                .putLong(event.receivedAt());
        for (byte[] text : texts) {
            if (text == NONE) {
                value.putInt(-1);
            } else {
                value.putInt(text.length).put(text);
            }
        }
        return value.array();
    }

    /**
     * The event of a value.
     *
     * @throws IllegalArgumentException when it is none, or of a later version
     */
    static AcceptedEvent read(byte[] value) {
        try {
            ByteBuffer in = ByteBuffer.wrap(value);
            byte version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException("the record is of version " + version + ", known is " + VERSION);
            }
            boolean anonymous = in.get() == 1;
            AcceptedEvent.Verdict verdict = verdict(in.get());
            long receivedAt = in.getLong();
            String environment = required(in);
            String id = required(in);
            String owner = required(in);
            String type = required(in);
            String body = required(in);
            String name = text(in);
            String reason = text(in);
            String keyId = text(in);
            return new AcceptedEvent(
                    environment, id, owner, anonymous, type, name, verdict, reason, keyId, text(in), receivedAt, body);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the record is cut off or damaged", e);
        }
    }

    private static byte letter(AcceptedEvent.Verdict verdict) {
        return (byte)
                switch (verdict) {
                    case VERIFIED -> 'V';
                    case ACCEPTED -> 'A';
                    case MARKED_FAILED -> 'M';
                };
    }

    private static AcceptedEvent.Verdict verdict(byte letter) {
        return switch (letter) {
            case 'V' -> AcceptedEvent.Verdict.VERIFIED;
            case 'A' -> AcceptedEvent.Verdict.ACCEPTED;
            case 'M' -> AcceptedEvent.Verdict.MARKED_FAILED;
            default -> throw new IllegalArgumentException("the record has an unknown verdict");
        };
    }

    private static byte[] utf8(@Nullable String text) {
        return text == null ? NONE : text.getBytes(StandardCharsets.UTF_8); // Always another array than NONE.
    }

    private static String required(ByteBuffer in) {
        String text = text(in);
        if (text == null) {
            throw new IllegalArgumentException("the record lacks a text that it must have");
        }
        return text;
    }

    private static @Nullable String text(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0) {
            return null;
        }
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
