package dev.countersign.samples.collector.storage;

/** More waits to be written than fits: nothing was taken, the caller should come back later. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says how much waits; both in bytes. */
    public OverloadedException(long waitingBytes, long maxWaitingBytes) {
        super(waitingBytes + " bytes wait to be written, at most " + maxWaitingBytes, null, false, false);
    }
}
