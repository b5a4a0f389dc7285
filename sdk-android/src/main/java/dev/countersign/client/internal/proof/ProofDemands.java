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
final class ProofDemands {
    private final Map<String, ProofDemand> byTag = new HashMap<>();

    ProofDemand of(Owner owner) {
        ProofDemand demand = byTag.get(owner.tag());
        if (demand == null) {
            demand = new ProofDemand(owner);
            byTag.put(owner.tag(), demand);
        }
        return demand;
    }

    @Nullable
    ProofDemand find(Owner owner) {
        return byTag.get(owner.tag());
    }

    /** Those whose owners' events want a proof. */
    List<ProofDemand> wanted() {
        List<ProofDemand> wanted = new ArrayList<>();
        for (ProofDemand demand : byTag.values()) {
            if (demand.wanted() != null) {
                wanted.add(demand);
            }
        }
        return wanted;
    }

    /** A proof for this owner came: it serves the same user's events without a group too. */
    void served(Owner owner) {
        of(owner).want(null);
        ProofDemand plain = find(owner.withoutGroup());
        if (plain != null) {
            plain.want(null);
        }
    }

    /** Forgets this user or visitor, whatever the group. */
    void forget(Owner subject) {
        for (Iterator<ProofDemand> i = byTag.values().iterator(); i.hasNext(); ) {
            if (i.next().owner().isSameSubject(subject)) {
                i.remove();
            }
        }
    }

    /** The app supplied something new for this user or visitor. */
    void supplied(Owner subject) {
        for (ProofDemand demand : byTag.values()) {
            if (demand.owner().isSameSubject(subject)) {
                demand.supplied();
            }
        }
    }

    /** The provider may be asked at once for this user or visitor. */
    void hasten(Owner subject) {
        for (ProofDemand demand : byTag.values()) {
            if (demand.owner().isSameSubject(subject)) {
                demand.hasten();
            }
        }
    }

    /** Only these owners have events; refusals are remembered for the current user and group as well. */
    void retain(Collection<Owner> queued, Owner current) {
        Set<Owner> needed = new HashSet<>(queued);
        for (Iterator<ProofDemand> i = byTag.values().iterator(); i.hasNext(); ) {
            ProofDemand demand = i.next();
            if (!needed.contains(demand.owner())) {
                demand.want(null);
                if (!demand.owner().equals(current) && !demand.owner().equals(current.withoutGroup())) {
                    i.remove();
                }
            }
        }
    }
}
