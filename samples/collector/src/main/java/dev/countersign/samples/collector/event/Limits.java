package dev.countersign.samples.collector.event;

/** What the wire protocol allows. */
public final class Limits {
    /** The most events in a batch. */
    public static final int BATCH_EVENTS = 500;
    /** The longest request, decoded, in bytes: 1 MiB. */
    public static final int REQUEST_BYTES = 1 << 20;
    /** The longest event, without its proofs and white space, in bytes of UTF-8: 32 KiB. */
    public static final int EVENT_BYTES = 32 << 10;
    /** How deep objects and arrays may nest below an event's own member. */
    public static final int DEPTH = 5;
    /** The longest id and name, in Unicode code points. */
    public static final int ID_CODE_POINTS = 256;

    private Limits() {}
}
