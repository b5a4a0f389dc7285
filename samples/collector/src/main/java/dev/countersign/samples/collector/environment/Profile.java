package dev.countersign.samples.collector.environment;

import dev.countersign.samples.collector.event.EventSyntax;
import dev.countersign.server.enforcement.AnonymousPolicy;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What goes with a vendor's scheme beside the form of its proofs: names, the anonymous visitor, the audience. */
public enum Profile {
    /** The wire protocol of this project; any form. */
    NATIVE("native", null, EventSyntax.NATIVE, AnonymousPolicy.REJECT),
    /** As Userflow's clients name things; proofs are {@link ProofForm#HMAC_HEX}. */
    USERFLOW(
            "userflow",
            ProofForm.HMAC_HEX,
            new EventSyntax(Set.of("identityToken", "signature"), Set.of("groupToken", "groupSignature"), false, false),
            AnonymousPolicy.REJECT),
    /** As NotificationAPI's clients name things; proofs are {@link ProofForm#HMAC_BASE64}. */
    NOTIFICATIONAPI(
            "notificationapi",
            ProofForm.HMAC_BASE64,
            new EventSyntax(Set.of("identityToken", "userIdHash", "hashedUserId"), Set.of("groupToken"), false, false),
            AnonymousPolicy.REJECT),
    /** Sendora's; proofs are {@link ProofForm#HMAC_V1}. */
    SENDORA("sendora", ProofForm.HMAC_V1, EventSyntax.NATIVE, AnonymousPolicy.REJECT),
    /**
     * Pendo's signed metadata: a {@link ProofForm#JWT} without {@code aud} and, mostly, without {@code exp}; an anonymous
     * visitor has an empty id or none, and still a token.
     */
    PENDO(
            "pendo",
            ProofForm.JWT,
            new EventSyntax(Set.of("identityToken", "jwt"), Set.of("groupToken"), true, true),
            AnonymousPolicy.REQUIRE_TOKEN);

    private final String wireName;
    private final @Nullable ProofForm form;

    @SuppressWarnings("ImmutableEnumChecker") // Its sets are copies that cannot change.
    private final EventSyntax syntax;

    private final AnonymousPolicy anonymous;

    Profile(String wireName, @Nullable ProofForm form, EventSyntax syntax, AnonymousPolicy anonymous) {
        this.wireName = wireName;
        this.form = form;
        this.syntax = syntax;
        this.anonymous = anonymous;
    }

    /** The name in the administration API and the database. */
    public String wireName() {
        return wireName;
    }

    /** The one form of its proofs; null where any will do. */
    public @Nullable ProofForm form() {
        return form;
    }

    /** How its events are read. */
    public EventSyntax syntax() {
        return syntax;
    }

    /** What becomes of anonymous events in STRICT unless the administrator says otherwise. */
    public AnonymousPolicy anonymous() {
        return anonymous;
    }

    /** Whether its tokens must name the environment as their audience, and expire. */
    public boolean hasAudience() {
        return this != PENDO;
    }

    /** The profile of a name; null for any other. */
    public static @Nullable Profile of(String wireName) {
        return Arrays.stream(values())
                .filter(profile -> profile.wireName.equals(wireName))
                .findFirst()
                .orElse(null);
    }
}
