package dev.countersign.client.model;

import dev.countersign.client.delivery.CollectionMode;
import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.DropReason;
import dev.countersign.client.model.Proofs.Proof;
import dev.countersign.client.testkit.ManualClock;
import dev.countersign.client.testkit.SentEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Compares each request with what the app did. It never asks the client. */
final class Oracle {
    private static final long MAX_AGE_MILLIS = TimeUnit.DAYS.toMillis(7);

    /** By number. */
    private final Map<Integer, Tracked> events = new LinkedHashMap<>();

    private final Map<String, Tracked> byId = new HashMap<>();
    private final Map<Integer, String> anonymousIds = new HashMap<>();
    private final App app;
    private final Proofs proofs;
    private final ManualClock clock;

    Oracle(App app, Proofs proofs, ManualClock clock) {
        this.app = app;
        this.proofs = proofs;
        this.clock = clock;
    }

    void made(Tracked event) {
        events.put(event.number, event);
    }

    /** What the app has made that means something. */
    Collection<Tracked> events() {
        return events.values();
    }

    /** A request has arrived. */
    void captured(List<SentEvent> batch) {
        require(app.mode == CollectionMode.ENABLED, "something is sent while collection is not enabled");
        for (SentEvent sent : batch) {
            Tracked event = match(sent);
            require(event.isLike(sent), event, "was sent as another's");
            String anonymousId = anonymousIds.putIfAbsent(event.visitor, sent.anonymousId());
            require(
                    anonymousId == null || anonymousId.equals(sent.anonymousId()),
                    event,
                    "went under another visitor's id");
            require(!event.dropped, event, "was given up and is sent all the same");
            require(!event.acknowledged, event, "was acknowledged and is sent again");
            require(event.userId == null || !app.held.contains(event.userId), event, "is held and is sent");
            Map<String, Object> content = content(sent);
            require(event.content == null || event.content.equals(content), event, "has changed");
            event.content = content;
            checkProofs(event, sent);
        }
    }

    private void checkProofs(Tracked event, SentEvent sent) {
        Proof user = proofs.find(sent.token());
        Proof group = proofs.find(sent.groupToken());
        require((user == null) == (sent.token() == null), event, "carries a proof that nobody made");
        require((group == null) == (sent.groupToken() == null), event, "carries a group's proof that nobody made");
        require(
                (event.userId == null) == (user == null),
                event,
                user == null ? "has no proof" : "is anonymous and has one");
        require(user == null || event.userId.equals(user.userId), event, "carries another user's proof");
        boolean covered = user != null && event.groupId != null && event.groupId.equals(user.groupId);
        require((event.groupId == null || covered) == (group == null), event, "and its group's proof do not match");
        require(group == null || event.groupId.equals(group.groupId), event, "carries another group's proof");
        require(
                group == null || group.userId == null || group.userId.equals(event.userId),
                event,
                "carries another user's proof as its group's");
        checkSession(event, user);
        checkSession(event, group);
    }

    /** A proof serves the session in which it was supplied: what the owner left, and no later one. */
    private void checkSession(Tracked event, Proof proof) {
        if (proof != null) {
            int session =
                    event.userId == null ? app.sessionOfVisitor.get(event.visitor) : app.lastSession.get(event.userId);
            require(proof.session == session, event, "carries a proof of another session");
            require(proof.process == app.process, event, "carries a proof that only an earlier process had");
        }
    }

    private Tracked match(SentEvent sent) {
        Tracked known = byId.get(sent.id());
        if (known == null) {
            Object number = "track".equals(sent.type())
                    ? sent.name().substring(1)
                    : sent.object("traits").get("n");
            known = number == null ? unmarked(sent) : events.get((int) Double.parseDouble(number.toString()));
            require(known != null, "an event that nobody made was sent");
            require(known.id == null, known, "has two ids");
            known.id = sent.id();
            byId.put(known.id, known);
        }
        return known;
    }

    private Tracked unmarked(SentEvent sent) {
        for (Tracked event : events.values()) {
            boolean waits = event.id == null && !event.dropped && !isPastAge(event);
            if (!event.marked && waits && event.isLike(sent)) { // those of one owner are sent in order
                return event;
            }
        }
        return null;
    }

    private static Map<String, Object> content(SentEvent sent) {
        Map<String, Object> content = new HashMap<>(sent.json());
        content.keySet().removeAll(List.of("identityToken", "groupToken", "signingKeyName"));
        return content;
    }

    /** What the collector says of an event: null, or the reason for which its proofs are refused. */
    String judge(SentEvent sent) {
        Proof user = proofs.find(sent.token());
        String reason = sent.userId() == null ? null : proofs.judge(user, clock.trueMillis());
        if (reason != null || sent.groupId() == null) {
            return reason;
        }
        boolean covered = user != null && sent.groupId().equals(user.groupId);
        return covered ? null : proofs.judge(proofs.find(sent.groupToken()), clock.trueMillis());
    }

    void stored(SentEvent sent) {
        byId.get(sent.id()).stored = true;
    }

    void acknowledged(SentEvent sent) {
        byId.get(sent.id()).acknowledged = true;
    }

    boolean isPastAge(Tracked event) {
        return clock.elapsedMillis() - event.queuedAt > MAX_AGE_MILLIS;
    }

    /** Everybody has returned and proven themselves: what is not stored has a reason. */
    void nothingIsLost() {
        for (Tracked event : events.values()) {
            boolean visitorGone = event.userId == null && event.groupId != null;
            require(
                    event.stored || event.dropped || visitorGone || isPastAge(event),
                    event,
                    "is lost: neither stored nor given up");
        }
    }

    /** The end, after which nothing is queued any more: what is not stored was reported, once. */
    void everyDropIsReported(int reported) {
        int missing = 0;
        int both = 0;
        for (Tracked event : events.values()) {
            missing += event.stored ? 0 : 1;
            both += event.stored && (event.dropped || !event.acknowledged) ? 1 : 0;
            checkOutcomes(event);
        }
        require(
                reported >= missing && reported <= missing + both,
                reported + " drops reported, " + missing + " events not stored, " + both + " perhaps both");
    }

    private void checkOutcomes(Tracked event) {
        int ends = 0;
        for (DeliveryOutcome outcome : event.outcomes) {
            ends += outcome.isFinal() ? 1 : 0;
            require(outcome.getKind() != DeliveryOutcome.Kind.DELIVERED || event.stored, event, outcome);
            require(outcome.getDropReason() != DropReason.CLOSED, event, outcome);
            require(outcome.getKind() != DeliveryOutcome.Kind.REJECTED, event, outcome);
        }
        boolean lives = event.process == app.process;
        require(ends <= 1 && (ends == 1 || !event.hasCallback || !lives), event, "has ended more than once, or never");
    }

    /** {@code otherwise} as cheap as can be: there are many. */
    private static void require(boolean fine, Tracked event, Object otherwise) {
        if (!fine) {
            throw new AssertionError(event + " " + otherwise);
        }
    }

    static void require(boolean fine, String otherwise) {
        if (!fine) {
            throw new AssertionError(otherwise);
        }
    }
}
