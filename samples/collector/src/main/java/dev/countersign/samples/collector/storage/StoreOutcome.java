package dev.countersign.samples.collector.storage;

/** What became of one accepted event. The rules are those of {@link EventStore}. */
public enum StoreOutcome {
    /** It is stored. */
    STORED,
    /** It is stored in the place of an unverified event of the same id. */
    REPLACED,
    /** The same event was stored before. */
    DUPLICATE,
    /** Another event holds its id. */
    CONFLICT;

    /** What becomes of an event whose id a stored one holds; for {@link #REPLACED} the caller writes it in that one's place. */
    public static StoreOutcome ofMeeting(AcceptedEvent event, AcceptedEvent.Verdict storedVerdict, String storedBody) {
        if (event.verdict() == AcceptedEvent.Verdict.VERIFIED && storedVerdict != AcceptedEvent.Verdict.VERIFIED) {
            return REPLACED;
        }
        return EventContent.same(storedBody, event.body()) ? DUPLICATE : CONFLICT;
    }
}
