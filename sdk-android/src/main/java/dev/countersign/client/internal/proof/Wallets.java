package dev.countersign.client.internal.proof;

import dev.countersign.client.internal.session.Owner;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The wallets of all users and visitors, whatever their group. Guarded by the keeper's lock. */
final class Wallets {
    private final Map<String, Wallet> byTag = new HashMap<>();

    Wallet of(Owner owner) {
        Wallet wallet = find(owner);
        if (wallet == null) {
            wallet = new Wallet();
            byTag.put(owner.withoutGroup().tag(), wallet);
        }
        return wallet;
    }

    @Nullable
    Wallet find(Owner owner) {
        return byTag.get(owner.withoutGroup().tag());
    }

    void remove(Owner owner) {
        byTag.remove(owner.withoutGroup().tag());
    }

    /** See {@link Wallet#compose}. */
    @Nullable
    Credentials compose(Owner owner, boolean partial) {
        Wallet wallet = find(owner);
        return (wallet == null ? new Wallet() : wallet).compose(owner, partial);
    }

    /** Only these owners have events: the others' send-only proofs have served, and so have those of other groups. */
    void retain(Collection<Owner> queued, Owner current) {
        Map<String, Set<String>> groups = new HashMap<>();
        for (Owner owner : queued) {
            note(owner, groups);
        }
        note(current, groups);
        for (Iterator<Map.Entry<String, Wallet>> i = byTag.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<String, Wallet> entry = i.next();
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
