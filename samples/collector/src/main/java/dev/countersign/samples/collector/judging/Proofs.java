package dev.countersign.samples.collector.judging;

import dev.countersign.samples.collector.event.Entry.Event;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.key.KeySource;
import java.time.Clock;

/**
 * Checks an event's proofs in the one form of its environment: the form is configuration, never read from the proof.
 * Thread-safe.
 */
public sealed interface Proofs permits HmacProofs, JwtProofs, NoKeysYet {

    /**
     * HMAC proofs.
     *
     * @param format their form
     * @param keys the environment's keys
     */
    static Proofs hmac(HmacFormat format, KeySource keys) {
        return new HmacProofs(format, keys);
    }

    /**
     * JWT proofs.
     *
     * @param audience the {@code aud} that they must name
     * @param keys the environment's keys
     * @param clock what their times are held against
     */
    static Proofs jwt(String audience, KeySource keys, Clock clock) {
        return new JwtProofs(audience, keys, clock);
    }

    /** Of an environment that has no key yet, in which no proof can hold. */
    static Proofs noKeysYet() {
        return new NoKeysYet();
    }

    /** Checks the identity token against the event's user id, or, where there is no user id, as an anonymous one. */
    Checked user(Event event);

    /**
     * Checks the proof of the group that the event names.
     *
     * @param groupId the event's group id
     * @param user what {@link #user} said of the same event
     */
    Checked group(Event event, String groupId, Checked user);

    /** Whether a token without a user id means anything in this form. */
    boolean hasAnonymousTokens();
}
