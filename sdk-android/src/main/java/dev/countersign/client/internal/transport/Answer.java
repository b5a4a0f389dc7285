package dev.countersign.client.internal.transport;

import java.util.Collections;
import java.util.List;

/** What came of a request. Immutable. */
public final class Answer {

    /** The kinds of answer. */
    public enum Kind {
        /** Each event has its verdict: those in {@link #rejected()}, all others are stored. */
        SETTLED,
        /** The batch is too large. */
        TOO_LARGE,
        /** Something in the batch cannot be read, or was refused without saying which. */
        UNREADABLE,
        /** The API key is unknown: no event and no proof is at fault. */
        KEY_REFUSED,
        /** No answer, or not one of the collector's: try again later. */
        FAILED
    }

    private final Kind kind;
    private final List<Rejection> rejected;
    private final String description;
    private final boolean fromCollector;
    private final long retryAfterMillis;
    private final long serverMillis;

    private Answer(
            Kind kind,
            List<Rejection> rejected,
            String description,
            boolean fromCollector,
            long retryAfterMillis,
            long serverMillis) {
        this.kind = kind;
        this.rejected = rejected;
        this.description = description;
        this.fromCollector = fromCollector;
        this.retryAfterMillis = retryAfterMillis;
        this.serverMillis = serverMillis;
    }

    /** Each event has its verdict. */
    public static Answer settled(List<Rejection> rejected) {
        return new Answer(Kind.SETTLED, Collections.unmodifiableList(rejected), "", true, 0, 0);
    }

    /** The collector judged the batch as a whole, with this code. */
    public static Answer judged(Kind kind, String code) {
        return new Answer(kind, Collections.<Rejection>emptyList(), code, true, 0, 0);
    }

    /** Not a word of the collector; {@code kind} is {@link Kind#FAILED}, or {@link Kind#TOO_LARGE} from a proxy. */
    public static Answer foreign(Kind kind, String description) {
        return new Answer(kind, Collections.<Rejection>emptyList(), description, false, 0, 0);
    }

    /** The same with what the headers say: milliseconds to wait and the server's time, 0 where they do not tell. */
    Answer withHeaders(long retryAfterMillis, long serverMillis) {
        return new Answer(kind, rejected, description, fromCollector, retryAfterMillis, serverMillis);
    }

    /** Which kind. */
    public Kind kind() {
        return kind;
    }

    /** The events that were not accepted. */
    public List<Rejection> rejected() {
        return rejected;
    }

    /** A code of the collector, or a few words; nothing of the request. */
    public String description() {
        return description;
    }

    /** Whether this is certainly the collector's own word. */
    public boolean isFromCollector() {
        return fromCollector;
    }

    /** How long the server asks to be left alone, 0 when it does not say. */
    public long retryAfterMillis() {
        return retryAfterMillis;
    }

    /** The server's time in epoch milliseconds, 0 when unknown. */
    public long serverMillis() {
        return serverMillis;
    }
}
