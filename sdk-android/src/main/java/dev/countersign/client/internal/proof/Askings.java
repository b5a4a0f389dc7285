package dev.countersign.client.internal.proof;

import dev.countersign.client.internal.session.Owner;
import java.util.ArrayList;
import java.util.HashMap;
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

    /** Only owners of these tags have events; refusals are remembered for the current user as well. */
    void retain(Set<String> tags, Owner current) {
        for (Iterator<Asking> i = byTag.values().iterator(); i.hasNext(); ) {
            Asking asking = i.next();
            if (!tags.contains(asking.owner().tag())) {
                asking.want(null);
                if (!asking.owner().isSameSubject(current)) {
                    i.remove();
                }
            }
        }
    }
}
