package dev.countersign.samples.collector.judging;

import dev.countersign.samples.collector.event.Entry.Event;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.key.KeySource;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Checks an event's proofs in the one form of its environment: the form is configuration, never read from the proof.
 * Thread-safe.
 */
public sealed interface Proofs permits HmacProofs, JwtProofs, SplitProofs, NoKeysYet {

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
     * Proofs of users and of groups, each made with keys of their own.
     *
     * @param users checks the users'
     * @param groups checks the groups'
     */
    static Proofs split(Proofs users, Proofs groups) {
        return new SplitProofs(users, groups);
    }

    /**
     * JWT proofs.
     *
     * @param audience the {@code aud} that they must name; null where they need name none, nor expire
     * @param keys the environment's keys
     * @param clock what their times are held against
     */
    static Proofs jwt(@Nullable String audience, KeySource keys, Clock clock) {
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
