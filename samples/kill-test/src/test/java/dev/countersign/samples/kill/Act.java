package dev.countersign.samples.kill;

import java.util.List;

/** What the app is busy with while it is killed again and again; begins and ends with an empty queue. */
enum Act {
    /** Tracks and sends, several users by turns. */
    SENDING(400, List.of(Phase.SENDING, Phase.ACKNOWLEDGING, Phase.ROLLING, Phase.OPENING, Phase.WRITING)),
    /** The same, and one user has no proof for long: their few events keep whole files, so that they have to be copied. */
    COMPACTING(4000, List.of(Phase.ROLLING, Phase.COMPACTING, Phase.COMPACTING, Phase.ACKNOWLEDGING)),
    /** No network: the queue is full, and each event pushes out the oldest. */
    EVICTING(200, List.of(Phase.EVICTING, Phase.ROLLING, Phase.EVICTING, Phase.MAKING_FILES, Phase.OPENING));

    private final int maxPadding;
    private final List<Phase> aims;

    Act(int maxPadding, List<Phase> aims) {
        this.maxPadding = maxPadding;
        this.aims = aims;
    }

    /** What event {@code n} carries: the store must have exactly this. */
    String padding(long n) {
        long mixed = n * 0x9e3779b97f4a7c15L >>> 33;
        return String.valueOf((char) ('a' + mixed % 26)).repeat((int) (mixed % maxPadding));
    }

    /** What the {@code i}-th of the aimed halts aims at. */
    Phase aim(int i) {
        return aims.get(i % aims.size());
    }
}
