package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.environment.EnvironmentStore;
import dev.countersign.server.enforcement.EnforcementMode;

/** What people type into forms, checked as what programs send. */
public final class Drafts {
    private Drafts() {}

    /** A name or a description: 1 to 256 characters. */
    public static String name(String text) {
        return Requests.text("name", text);
    }

    /** A mode. */
    public static EnforcementMode mode(String text) {
        return Requests.mode(text);
    }

    /**
     * A new environment. It begins in OBSERVE: nothing is lost while the back ends learn to sign.
     *
     * @param scheme the name of a profile other than native, or of a form
     */
    public static EnvironmentStore.Draft of(String application, String name, String scheme, boolean groupKeys) {
        boolean isForm = scheme.startsWith("hmac-") || scheme.equals("jwt");
        return Requests.draft(new Requests.NewEnvironment(
                application,
                name,
                isForm ? null : scheme,
                isForm ? scheme : null,
                groupKeys,
                EnforcementMode.OBSERVE.name(),
                null,
                null));
    }
}
