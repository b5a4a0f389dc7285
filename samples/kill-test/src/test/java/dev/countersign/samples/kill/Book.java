package dev.countersign.samples.kill;

import java.util.BitSet;

/** What the ledgers of all processes say, by event number. Safe for use by several threads. */
final class Book implements Ledger.Reader {
    private final BitSet begun = new BitSet();
    private final BitSet returned = new BitSet();
    private final BitSet evicted = new BitSet();
    private final StringBuilder users = new StringBuilder();
    private long next;
    private long evictedByCount;
    private int refused;
    private int storageProblems;
    // Of the process that runs now.
    private boolean open;
    private boolean drained;
    private long halting;

    @Override
    public synchronized void entry(Ledger.Kind kind, int user, long number) {
        int n = (int) number;
        switch (kind) {
            case STARTED -> startLife();
            case OPEN -> open = true;
            case BEGUN -> {
                begun.set(n);
                users.setLength(Math.max(users.length(), n + 1));
                users.setCharAt(n, (char) ('0' + user));
                next = Math.max(next, number + 1);
            }
            case RETURNED -> returned.set(n);
            case EVICTED -> evicted.set(n);
            case EVICTED_COUNT -> evictedByCount += number;
            case REFUSED -> refused++;
            case HALTING -> halting = number;
            case DRAINED -> drained = true;
            case STORAGE_PROBLEM -> storageProblems++;
        }
    }

    private void startLife() {
        open = false;
        drained = false;
        halting = 0;
    }

    /** The number of the next event. */
    synchronized long next() {
        return next;
    }

    synchronized boolean isReturned(long n) {
        return returned.get((int) n);
    }

    /** Whether the call was made; whether it returned is another matter. */
    synchronized boolean isBegun(long n) {
        return n >= 0 && begun.get((int) n);
    }

    /** Whether the event's callback said that it was pushed out. */
    synchronized boolean isEvicted(long n) {
        return evicted.get((int) n);
    }

    synchronized String userId(long n) {
        return Script.userId(users.charAt((int) n) - '0');
    }

    /** Calls that returned. */
    synchronized int returned() {
        return returned.cardinality();
    }

    /** Calls that were under way when their process ended. */
    synchronized int underWay() {
        return begun.cardinality() - returned.cardinality();
    }

    /** Events that the listener counted as pushed out; some twice, where the process ended while it was told. */
    synchronized long evictedByCount() {
        return evictedByCount;
    }

    /** What never should have been told. */
    synchronized int refused() {
        return refused;
    }

    /** How often the client complained about its directory. */
    synchronized int storageProblems() {
        return storageProblems;
    }

    /** Whether the process that ran last had opened its directory. */
    synchronized boolean isOpen() {
        return open;
    }

    /** Whether the process that ran last delivered everything. */
    synchronized boolean isDrained() {
        return drained;
    }

    /** The phases in which the last process saw itself when it halted; 0 when somebody else ended it. */
    synchronized long halting() {
        return halting;
    }
}
