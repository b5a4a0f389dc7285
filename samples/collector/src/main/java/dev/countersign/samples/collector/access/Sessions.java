package dev.countersign.samples.collector.access;

import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in to the dashboard. Sessions live in memory, under the hash of the cookie's value: a restart, twelve
 * hours, or the removal of the credential ends them. Thread-safe, without I/O.
 */
public final class Sessions {
    /** How long a session lasts. */
    public static final Duration LIFETIME = Duration.ofHours(12);

    private static final int MAX_SESSIONS = 1_000;

    private final Credentials credentials;
    private final Clock clock;
    private final Map<String, Session> byHash = new ConcurrentHashMap<>();

    /**
     * A session.
     *
     * @param caller who is logged in
     * @param formToken what every form of this session sends along: another site cannot know it
     * @param endsAt when it ends, in milliseconds since 1970
     */
    public record Session(Caller caller, String formToken, long endsAt) {
        /** Redacted. */
        @Override
        public String toString() {
            return "Session[" + caller.name() + "]";
        }
    }

    /** No sessions yet. */
    public Sessions(Credentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * Logs in.
     *
     * @param token a credential's token
     * @return the cookie's value; null when nobody has this token
     */
    public @Nullable String open(String token) {
        Caller caller = credentials.caller(token);
        if (caller == null) {
            return null;
        }
        long now = clock.millis();
        byHash.values().removeIf(session -> session.endsAt <= now);
        if (byHash.size() >= MAX_SESSIONS) {
            byHash.clear(); // Only a holder of a token gets here; logging in again is all it costs.
        }
        String cookie = RandomIds.unguessable("");
        byHash.put(hash(cookie), new Session(caller, RandomIds.unguessable(""), now + LIFETIME.toMillis()));
        return cookie;
    }

    /** The session of a cookie's value; null when there is none any more. */
    public @Nullable Session find(@Nullable String cookie) {
        Session session = cookie == null ? null : byHash.get(hash(cookie));
        return session != null && session.endsAt > clock.millis() && credentials.exists(session.caller)
                ? session
                : null;
    }

    /** Logs out. */
    public void close(@Nullable String cookie) {
        if (cookie != null) {
            byHash.remove(hash(cookie));
        }
    }

    private static String hash(String cookie) {
        return HexFormat.of().formatHex(Credentials.sha256(cookie));
    }
}
