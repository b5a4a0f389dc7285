package dev.countersign.client.internal.proof;

import dev.countersign.client.internal.session.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How it stands with each owner's proof. Guarded by the keeper's lock. */
final class Askings {
    private final Map<String, Asking> byTag = new HashMap<>();

    Asking of(Owner owner) {
        Asking asking = byTag.get(owner.tag());
        if (asking == null) {
            asking = new Asking(owner);
            byTag.put(owner.tag(), asking);
        }
        return asking;
    }

    @Nullable
    Asking find(Owner owner) {
        return byTag.get(owner.tag());
    }

    /** Those whose owners' events want a proof. */
    List<Asking> wanted() {
        List<Asking> wanted = new ArrayList<>();
        for (Asking asking : byTag.values()) {
            if (asking.wanted() != null) {
                wanted.add(asking);
            }
        }
        return wanted;
    }

    /** A proof for this owner came: it serves the same user's events without a group too. */
    void served(Owner owner) {
        of(owner).want(null);
        Asking plain = find(owner.withoutGroup());
        if (plain != null) {
            plain.want(null);
        }
    }

    /** Forgets this user or visitor, whatever the group. */
    void forget(Owner subject) {
        for (Iterator<Asking> i = byTag.values().iterator(); i.hasNext(); ) {
            if (i.next().owner().isSameSubject(subject)) {
                i.remove();
            }
        }
    }

    /** The app supplied something new for this user or visitor. */
    void supplied(Owner subject) {
        for (Asking asking : byTag.values()) {
            if (asking.owner().isSameSubject(subject)) {
                asking.supplied();
            }
        }
    }

    /** The provider may be asked at once for this user or visitor. */
    void hasten(Owner subject) {
        for (Asking asking : byTag.values()) {
            if (asking.owner().isSameSubject(subject)) {
                asking.hasten();
            }
        }
    }

    /** Only these owners have events; refusals are remembered for the current user and group as well. */
    void retain(Collection<Owner> queued, Owner current) {
        Set<Owner> needed = new HashSet<>(queued);
        for (Iterator<Asking> i = byTag.values().iterator(); i.hasNext(); ) {
            Asking asking = i.next();
            if (!needed.contains(asking.owner())) {
                asking.want(null);
                if (!asking.owner().equals(current) && !asking.owner().equals(current.withoutGroup())) {
                    i.remove();
                }
            }
        }
    }
}
