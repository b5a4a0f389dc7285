package dev.countersign.server.diagnosis;

import dev.countersign.server.diagnosis.Diagnosis.Cause;
import dev.countersign.server.hmac.HmacFormat;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The MAC in a proof, however it is spelled, and the first thing that is wrong with its spelling. */
final class Spelling {
    private static final String PREFIX = "hmac_v1:";

    private final byte @Nullable [] mac;
    private final @Nullable Cause mistake;

    private Spelling(byte @Nullable [] mac, @Nullable Cause mistake) {
        this.mac = mac;
        this.mistake = mistake;
    }

    /** 32 bytes; null when the proof is not the text of any. */
    byte @Nullable [] mac() {
        return mac;
    }

    /** Null when the spelling is right. */
    @Nullable
    Cause mistake() {
        return mistake;
    }

    static Spelling of(HmacFormat format, String proof) {
        if (proof.chars().filter(c -> c == '.').count() == 2) {
            return new Spelling(null, Cause.OTHER_FORM);
        }
        Cause mistake = null;
        String text = proof;
        if (text.matches("(?s)b(['\"]).*\\1")) {
            mistake = Cause.PYTHON_BYTES;
            text = text.substring(2, text.length() - 1);
        }
        // A first '+' that turned into a space is not white space around the proof.
        boolean wholeBase64 = format == HmacFormat.BASE64 && text.length() == 44 && !text.endsWith("\n");
        if (!wholeBase64 && !text.equals(text.strip())) {
            mistake = first(mistake, Cause.WHITE_SPACE);
            text = text.strip();
        }
        boolean prefixed = text.startsWith(PREFIX);
        if (prefixed != (format == HmacFormat.HMAC_V1)) {
            mistake = first(mistake, prefixed ? Cause.PREFIX_NOT_EXPECTED : Cause.PREFIX_MISSING);
        }
        return decode(format, prefixed ? text.substring(PREFIX.length()) : text, mistake);
    }

    private static Spelling decode(HmacFormat format, String text, @Nullable Cause before) {
        if (text.matches("[0-9a-fA-F]+")) {
            return hex(format, text, before);
        }
        String padded = text.replace(' ', '+').replace('-', '+').replace('_', '/');
        try {
            byte[] bytes = Base64.getDecoder().decode(padded);
            if (bytes.length != 32) {
                return new Spelling(null, hashOf(bytes.length));
            }
            Cause own = format != HmacFormat.BASE64
                    ? Cause.BASE64_FOR_HEX
                    : text.indexOf(' ') >= 0 ? Cause.SPACE_FOR_PLUS : null;
            if (own == null && !Base64.getEncoder().encodeToString(bytes).equals(text)) {
                own = Cause.BASE64_VARIANT;
            }
            // A Base64 proof in a form with a prefix is told as such: that mends both.
            return new Spelling(bytes, before == Cause.PREFIX_MISSING ? own : first(before, own));
        } catch (IllegalArgumentException notBase64) {
            return new Spelling(null, Cause.UNREADABLE);
        }
    }

    private static Spelling hex(HmacFormat format, String text, @Nullable Cause before) {
        if (text.length() != 64) {
            return new Spelling(null, text.length() % 2 == 0 ? hashOf(text.length() / 2) : Cause.UNREADABLE);
        }
        Cause own = format == HmacFormat.BASE64
                ? Cause.HEX_FOR_BASE64
                : text.chars().anyMatch(Character::isUpperCase) ? Cause.UPPER_CASE_HEX : null;
        return new Spelling(HexFormat.of().parseHex(text), first(before, own));
    }

    private static Cause hashOf(int bytes) {
        return switch (bytes) {
            case 16, 20, 28, 48, 64 -> Cause.OTHER_HASH;
            default -> Cause.UNREADABLE;
        };
    }

    private static @Nullable Cause first(@Nullable Cause earlier, @Nullable Cause later) {
        return earlier != null ? earlier : later;
    }
}
