package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.traffic.SeenEvent;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Objects;

/** An event as the live table shows it; every member is text, whatever a client sent. */
@Serdeable.Serializable
record LiveRow(
        String at, String fate, String reason, String what, String owner, String group, String key, String version) {
    static LiveRow of(SeenEvent event) {
        String owner = Objects.requireNonNullElse(event.owner(), "");
        String type = Objects.requireNonNullElse(event.type(), "unreadable");
        return new LiveRow(
                Pages.time(event.at()).substring(11),
                event.fate().name(),
                Objects.requireNonNullElse(event.reason(), ""),
                event.name() == null ? type : type + ": " + event.name(),
                event.anonymous() ? "anonymous " + owner : owner,
                Objects.requireNonNullElse(event.groupId(), ""),
                Objects.requireNonNullElse(event.keyId(), ""),
                Objects.requireNonNullElse(event.appVersion(), ""));
    }
}
