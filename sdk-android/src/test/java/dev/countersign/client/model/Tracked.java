package dev.countersign.client.model;

import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.testkit.SentEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An event as the app made it, and what has become of it. */
final class Tracked {
    final int number;
    final String type;
    final String userId;
    final String groupId;
    final int visitor;
    /** What the session adds to it; 0 for nothing. */
    final int property;

    final long queuedAt;
    final int process;
    /** Whether it has a number that the collector sees. */
    final boolean marked;

    String id;
    Map<String, Object> content;
    boolean stored;
    boolean acknowledged;
    /** Given up by policy: it may never be sent again. */
    boolean dropped;

    boolean hasCallback;
    final List<DeliveryOutcome> outcomes = new ArrayList<>();

    Tracked(int number, String type, boolean marked, App app, long queuedAt) {
        this.number = number;
        this.type = type;
        this.marked = marked;
        this.userId = app.user;
        this.groupId = app.group;
        this.visitor = app.visitor;
        this.property = app.property;
        this.process = app.process;
        this.queuedAt = queuedAt;
    }

    boolean isLike(SentEvent event) {
        Object added = event.object("properties").get("session");
        boolean fits =
                type.equals("track") && property != 0 ? Double.valueOf(property).equals(added) : added == null;
        return fits && type.equals(event.type()) && same(userId, event.userId()) && same(groupId, event.groupId());
    }

    private static boolean same(String one, String other) {
        return one == null ? other == null : one.equals(other);
    }

    @Override
    public String toString() {
        return type + " " + number + " (user " + userId + ", group " + groupId + ", visitor " + visitor + ")";
    }
}
