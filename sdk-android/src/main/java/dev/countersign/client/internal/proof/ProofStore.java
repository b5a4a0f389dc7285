package dev.countersign.client.internal.proof;

import dev.countersign.client.internal.session.Owner;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The proofs of all users and visitors, whatever their group. Guarded by the keeper's lock. */
final class ProofStore {
    private final Map<String, OwnerProofs> byTag = new HashMap<>();

    OwnerProofs of(Owner owner) {
        OwnerProofs theirs = find(owner);
        if (theirs == null) {
            theirs = new OwnerProofs();
            byTag.put(owner.withoutGroup().tag(), theirs);
        }
        return theirs;
    }

    @Nullable
    OwnerProofs find(Owner owner) {
        return byTag.get(owner.withoutGroup().tag());
    }

    void remove(Owner owner) {
        byTag.remove(owner.withoutGroup().tag());
    }

    /** See {@link OwnerProofs#compose}. */
    @Nullable
    ProofPair compose(Owner owner, boolean partial) {
        OwnerProofs theirs = find(owner);
        return (theirs == null ? new OwnerProofs() : theirs).compose(owner, partial);
    }

    /** Only these owners have events: the others' send-only proofs have served, and so have those of other groups. */
    void retain(Collection<Owner> queued, Owner current) {
        Map<String, Set<String>> groups = new HashMap<>();
        for (Owner owner : queued) {
            note(owner, groups);
        }
        note(current, groups);
        for (Iterator<Map.Entry<String, OwnerProofs>> i = byTag.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<String, OwnerProofs> entry = i.next();
            Set<String> needed = groups.get(entry.getKey());
            if (needed != null) {
                entry.getValue().retainGroups(needed);
            } else if (entry.getValue().isSendOnly()) {
                i.remove();
            }
        }
    }

    private static void note(Owner owner, Map<String, Set<String>> groups) {
        String tag = owner.withoutGroup().tag();
        Set<String> ofSubject = groups.get(tag);
        if (ofSubject == null) {
            ofSubject = new HashSet<>();
            groups.put(tag, ofSubject);
        }
        if (owner.groupId() != null) {
            ofSubject.add(owner.groupId());
        }
    }
}
