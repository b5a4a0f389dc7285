package dev.countersign.samples.collector.judging;

import dev.countersign.samples.collector.event.Entry.Event;

/** Users and groups with keys of their own: user 42's proof is not group 42's. */
final class SplitProofs implements Proofs {
    private final Proofs users;
    private final Proofs groups;

    SplitProofs(Proofs users, Proofs groups) {
        this.users = users;
        this.groups = groups;
    }

    @Override
    public Checked user(Event event) {
        return users.user(event);
    }

    @Override
    public Checked group(Event event, String groupId, Checked user) {
        return groups.group(event, groupId, user);
    }

    @Override
    public boolean hasAnonymousTokens() {
        return users.hasAnonymousTokens();
    }
}
