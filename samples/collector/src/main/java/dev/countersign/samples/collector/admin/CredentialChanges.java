package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.access.Caller;
import dev.countersign.samples.collector.access.Credentials;
import dev.countersign.samples.collector.access.Role;
import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.samples.collector.runtime.OtherCollectors;
import io.micronaut.http.HttpStatus;
import java.io.IOException;

/**
 * Changes of who may administrate; the API and the dashboard share it. A change is durable <b>and</b> in use in every
 * collector when its method returns. Thread-safe; every method blocks for I/O.
 */
public final class CredentialChanges {
    private static final System.Logger LOG = System.getLogger(CredentialChanges.class.getName());

    private final Credentials credentials;
    private final OtherCollectors others;

    /** Of these credentials. */
    public CredentialChanges(Credentials credentials, OtherCollectors others) {
        this.credentials = credentials;
        this.others = others;
    }

    /** Makes a credential; its token is returned even where another collector does not know it yet. */
    public Credentials.Created create(Caller by, String name, Role role) {
        Credentials.Created created = credentials.create(by, name, role);
        var unused = isTakenOver();
        return created;
    }

    /**
     * Removes a credential: its token and its sessions end at once.
     *
     * @return false when there is none of this id, or it is the first one
     * @throws ApiException {@code CHANGE_NOT_CONFIRMED} when it is removed, and another collector may not know yet
     */
    public boolean remove(Caller by, String id) {
        boolean removed = credentials.remove(by, id);
        if (removed && !isTakenOver()) {
            throw new ApiException(
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "CHANGE_NOT_CONFIRMED",
                    "the credential is removed, but another collector may take it for up to 60 seconds");
        }
        return removed;
    }

    private boolean isTakenOver() {
        try {
            others.awaitTakenOver();
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a stored change of credentials is not in use everywhere yet", e);
            return false;
        }
    }
}
