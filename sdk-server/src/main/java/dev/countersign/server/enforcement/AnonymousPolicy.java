package dev.countersign.server.enforcement;

/** What an environment in {@link EnforcementMode#STRICT} does with events of visitors who are not logged in. */
public enum AnonymousPolicy {
    /** Refuses them: the default. */
    REJECT,
    /** Wants a JWT without a visitor id. It shows that the app talked to its back end; it binds nobody. */
    REQUIRE_TOKEN,
    /** Takes them as unverified events, kept apart from those of users. */
    ALLOW
}
