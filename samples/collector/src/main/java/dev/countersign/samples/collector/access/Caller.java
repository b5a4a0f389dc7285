package dev.countersign.samples.collector.access;

/**
 * Who asks, once the credential is checked.
 *
 * @param credentialId the credential's id
 * @param name its name, as the audit log shows it
 * @param role what it may do
 */
public record Caller(String credentialId, String name, Role role) {
    /** The name under which a request's attributes hold the caller. */
    public static final String ATTRIBUTE = "collector.caller";

    /** Whether changes and the diagnosis are allowed. */
    public boolean isAdmin() {
        return role == Role.ADMIN;
    }
}
