package dev.countersign.server.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.server.internal.Ids;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A signing secret. Text goes in, MACs come out: the secret itself is never handed out, printed or serialised.
 * Immutable and thread-safe.
 *
 * <p>The key of the MAC is the <b>UTF-8 of the text as it stands</b>, also where the text looks like hex, Base64 or a
 * UUID: that is how the platforms that issue such secrets compute.
 */
public final class Secret {
    /** The fewest bytes that {@link #of} takes: 128 bits. */
    public static final int MIN_BYTES = 16;

    /** What a secret should have at least: the MAC's own 256 bits. Fewer are taken with a warning in the log. */
    public static final int RECOMMENDED_BYTES = 32;

    private static final System.Logger LOG = System.getLogger(Secret.class.getName());
    private static final AtomicBoolean WARNED = new AtomicBoolean();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;
    private final HmacSha256 hmac;

    private Secret(String text, byte[] utf8) {
        this.text = text;
        this.hmac = HmacSha256.of(utf8);
    }

    /**
     * A secret as its platform shows it.
     *
     * @throws IllegalArgumentException when it is shorter than {@link #MIN_BYTES}, or looks like something else than
     *     the bare secret (a PEM block, quotes or white space around it, a {@code v1,} prefix); the message gives the
     *     rule and the length, never the text
     */
    public static Secret of(String text) {
        byte[] utf8 = checked(text);
        if (utf8.length < MIN_BYTES) {
            throw new IllegalArgumentException("secret has " + utf8.length + " bytes; allowed are " + MIN_BYTES
                    + " or more (Secret.ofShort takes a platform's shorter one)");
        }
        if (utf8.length < RECOMMENDED_BYTES && WARNED.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a signing secret has {0} bytes; {1} or more are recommended (said once)",
                    utf8.length,
                    RECOMMENDED_BYTES);
        }
        return new Secret(text, utf8);
    }

    /**
     * Like {@link #of}, and takes any length but zero: the explicit way out for a platform that issues short secrets.
     * Whoever has one proof made with a guessable secret can find the secret and sign for everybody.
     */
    public static Secret ofShort(String text) {
        return new Secret(text, checked(text));
    }

    /** The text of a new secret: {@code sis_} and 256 random bits in base64url, 47 characters. */
    public static String generateText() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return "sis_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** HMAC-SHA256 of the message under this secret: 32 bytes, new for each call. */
    public byte[] hmacSha256(byte[] message) {
        return hmac.mac(message);
    }

    /** HMAC-SHA256 of the first {@code length} bytes, 0 to all of them: 32 bytes, new for each call. */
    public byte[] hmacSha256(byte[] bytes, int length) {
        return hmac.mac(bytes, length);
    }

    /**
     * The 32 bytes that a recipe with this mistake makes of a message under this secret: for diagnosis, never for
     * verification.
     *
     * @return null when the mistake is impossible with this secret, such as decoding what is not hex
     */
    public byte @Nullable [] mistakenMac(SecretMistake mistake, byte[] message) {
        return mistake.compute(text, message);
    }

    /** For the ring file alone. */
    String text() {
        return text;
    }

    /** Whether only {@link #ofShort} takes it. */
    boolean isShort() {
        return text.getBytes(UTF_8).length < MIN_BYTES;
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "Secret[redacted]";
    }

    private static byte[] checked(String text) {
        String problem = problem(text);
        if (problem != null) {
            throw new IllegalArgumentException("secret " + problem);
        }
        return text.getBytes(UTF_8);
    }

    private static @Nullable String problem(String text) {
        if (text.isEmpty()) {
            return "is empty";
        } else if (text.contains("-----BEGIN")) {
            return "is a PEM block; allowed is the bare text of a shared secret";
        } else if (text.startsWith("v1,")) {
            return "starts with \"v1,\"; leave that prefix out";
        } else if (isBlank(text.codePointAt(0)) || isBlank(text.codePointBefore(text.length()))) {
            return "has white space around it";
        } else if (isQuoted(text)) {
            return "has quotes around it";
        } else if (Ids.hasLoneSurrogate(text)) {
            return "has a lone surrogate";
        }
        return null;
    }

    /** White space and what looks like it or like nothing: no-break and zero-width spaces, a byte-order mark. */
    private static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.FORMAT;
    }

    private static boolean isQuoted(String text) {
        char first = text.charAt(0);
        return (first == '"' || first == '\'' || first == '`') && text.charAt(text.length() - 1) == first;
    }
}
