package dev.countersign.samples.kill;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Compares the book with the store, event by event. Not thread-safe. */
final class Verdict {
    private final Book book;
    private final BitSet stored = new BitSet();
    private final List<String> faults = new ArrayList<>();
    private int duplicated;
    private int lost;
    private int evicted;
    private int evictedByName;

    Verdict(Book book) {
        this.book = book;
    }

    /** Looks at what the store has. */
    void read(List<Store.Row> rows, ActOf acts) {
        for (Store.Row row : rows) {
            if (!book.isBegun(row.n())) {
                fault("event " + row.n() + " was stored, and nobody made it");
                continue;
            }
            if (stored.get((int) row.n())) {
                duplicated++;
                fault("event " + row.n() + " was stored twice");
            }
            stored.set((int) row.n());
            if (!row.verdict().equals("VERIFIED") || !row.user().equals(book.userId(row.n()))) {
                fault("event " + row.n() + " of " + book.userId(row.n()) + " was stored as " + row.verdict() + " of "
                        + row.user());
            }
            if (row.padding() != null && !row.padding().equals(acts.of(row.n()).padding(row.n()))) {
                fault("event " + row.n() + " was stored with another content");
            }
        }
    }

    /**
     * Looks at the events of an act, from {@code first} up to {@code end}, which were all delivered or given up by then.
     *
     * @param kept how many the queue holds: of these the youngest must be there, whatever was reported. An older one may
     *     have been pushed out, but only when there were {@code kept} younger ones.
     */
    void judge(Act act, long first, long end, int kept) {
        for (long n = first; n < end; n++) {
            boolean crowdedOut = act == Act.EVICTING && end - 1 - n >= kept;
            if (book.isEvicted(n)) {
                evictedByName++;
                if (!crowdedOut) {
                    fault("event " + n + " was given up though there was room");
                }
            }
            if (!book.isReturned(n) || stored.get((int) n)) {
                continue;
            }
            if (crowdedOut) {
                evicted++;
            } else {
                lost++;
                fault("event " + n + " is lost (" + act + ")");
            }
        }
    }

    private void fault(String what) {
        if (faults.size() < 20) {
            faults.add(what);
        }
    }

    /** What is wrong, the first of it. */
    List<String> faults() {
        return faults;
    }

    int stored() {
        return stored.cardinality();
    }

    int lost() {
        return lost;
    }

    int duplicated() {
        return duplicated;
    }

    /** Events that are not in the store, and had to make room. */
    int evicted() {
        return evicted;
    }

    /** Events whose callback said that they were pushed out. */
    int evictedByName() {
        return evictedByName;
    }

    /** Which act an event belongs to. */
    interface ActOf {
        Act of(long n);
    }
}
