package dev.countersign.samples.collector;

import java.util.concurrent.atomic.AtomicLong;

/** Events as a client writes them. */
final class Events {
    private static final AtomicLong NEXT = new AtomicLong();

    private Events() {}

    /** A UUIDv7 that no other call has returned. */
    static String id() {
        return "0199a5a0-0000-7000-8000-%012x".formatted(NEXT.incrementAndGet());
    }

    /** A tracked event; {@code members} stand beside the required ones, for example {@code "userId":"u_1"}. */
    static String track(String id, String... members) {
        return "{\"id\":\"" + id + "\",\"type\":\"track\",\"name\":\"Invoice Paid\"," + String.join(",", members) + "}";
    }

    static String user(String userId) {
        return text("userId", userId);
    }

    static String user(String userId, String proof) {
        return user(userId) + "," + text("identityToken", proof);
    }

    static String anonymous(String anonymousId) {
        return text("anonymousId", anonymousId);
    }

    static String group(String groupId) {
        return text("groupId", groupId);
    }

    static String group(String groupId, String proof) {
        return group(groupId) + "," + text("groupToken", proof);
    }

    static String keyName(String keyId) {
        return text("signingKeyName", keyId);
    }

    static String text(String member, String value) {
        return "\"" + member + "\":\"" + value + "\"";
    }
}
