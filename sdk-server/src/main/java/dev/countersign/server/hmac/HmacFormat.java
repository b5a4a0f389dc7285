package dev.countersign.server.hmac;

import static dev.countersign.server.identity.RejectionReason.MALFORMED;
import static dev.countersign.server.identity.RejectionReason.UNSUPPORTED_SCHEME;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.internal.StrictBase64;
import dev.countersign.server.internal.Words;
import java.util.Arrays;
import java.util.Base64;

/** How the 32 bytes of HMAC-SHA256(secret, id) are spelled. Each MAC has exactly one spelling in a format. */
public enum HmacFormat {
    /** 64 lower-case hexadecimal digits. Compatible with Userflow, Intercom, Chatwoot and many others. */
    HEX {
        @Override
        String encode(byte[] mac) {
            byte[] digits = new byte[2 * MAC_BYTES];
            Words.writeHex(mac, digits, 0);
            return new String(digits, ISO_8859_1);
        }

        @Override
        byte[] decode(String proof) throws VerificationException {
            return readHex(proof, 0);
        }
    },

    /** 44 characters of standard, padded Base64 (RFC 4648 section 4). Compatible with NotificationAPI. */
    BASE64 {
        @Override
        String encode(byte[] mac) {
            return Base64.getEncoder().encodeToString(mac);
        }

        @Override
        byte[] decode(String proof) throws VerificationException {
            byte[] mac = StrictBase64.decode32(proof);
            if (mac == null) {
                throw new VerificationException(
                        MALFORMED,
                        "the proof has " + proof.length()
                                + " characters; allowed is the canonical, padded Base64 of 32 bytes, 44 characters");
            }
            return mac;
        }
    },

    /** {@code hmac_v1:} and 64 lower-case hexadecimal digits. Compatible with Sendora. */
    HMAC_V1 {
        @Override
        String encode(byte[] mac) {
            byte[] proof = Arrays.copyOf(PREFIX_BYTES, PREFIX_BYTES.length + 2 * MAC_BYTES);
            Words.writeHex(mac, proof, PREFIX_BYTES.length);
            return new String(proof, ISO_8859_1);
        }

        @Override
        byte[] decode(String proof) throws VerificationException {
            if (!proof.startsWith(PREFIX)) {
                throw new VerificationException(UNSUPPORTED_SCHEME, "the proof does not start with \"hmac_v1:\"");
            }
            return readHex(proof, PREFIX.length());
        }
    };

    private static final int MAC_BYTES = 32;
    private static final String PREFIX = "hmac_v1:";
    private static final byte[] PREFIX_BYTES = PREFIX.getBytes(ISO_8859_1);
    private static final String HEX_DIGITS = "0123456789abcdef";

    /** The value of each lower-case digit, else -1: comparing digits would mispredict every other branch. */
    private static final byte[] HEX_VALUES = new byte[128];

    static {
        Arrays.fill(HEX_VALUES, (byte) -1);
        for (int i = 0; i < HEX_DIGITS.length(); i++) {
            HEX_VALUES[HEX_DIGITS.charAt(i)] = (byte) i;
        }
    }

    abstract String encode(byte[] mac);

    /** The 32 bytes that the proof spells, or a refusal: any other spelling of the same bytes is refused too. */
    abstract byte[] decode(String proof) throws VerificationException;

    private static byte[] readHex(String proof, int from) throws VerificationException {
        if (proof.length() - from != 2 * MAC_BYTES) {
            throw malformedHex(proof, from);
        }
        byte[] mac = new byte[MAC_BYTES];
        for (int i = 0; i < MAC_BYTES; i++) {
            int high = hexValue(proof.charAt(from + 2 * i));
            int low = hexValue(proof.charAt(from + 2 * i + 1));
            if ((high | low) < 0) {
                throw malformedHex(proof, from);
            }
            mac[i] = (byte) ((high << 4) | low);
        }
        return mac;
    }

    private static int hexValue(char c) {
        return c < HEX_VALUES.length ? HEX_VALUES[c] : -1;
    }

    private static VerificationException malformedHex(String proof, int from) {
        return new VerificationException(
                MALFORMED,
                "the signature has " + (proof.length() - from)
                        + " characters; allowed are exactly 64 lower-case hexadecimal digits");
    }
}
