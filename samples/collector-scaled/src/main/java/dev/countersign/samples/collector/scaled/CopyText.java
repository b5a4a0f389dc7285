package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.storage.AcceptedEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events in the text format of PostgreSQL's COPY. */
final class CopyText {
    /** PostgreSQL's texts hold no U+0000; its picture stands for it. Bodies have it escaped, as JSON does. */
    private static final char NUL_PICTURE = '\u2400';

    private CopyText() {}

    /** One row for each event: its position, then the columns of the table. */
    static byte[] of(List<AcceptedEvent> events) {
        StringBuilder out = new StringBuilder(events.size() * 512);
        for (int i = 0; i < events.size(); i++) {
            AcceptedEvent event = events.get(i);
            out.append(i);
            column(out, event.environment());
            column(out, event.id());
            column(out, event.owner());
            out.append('\t').append(event.anonymous() ? '1' : '0');
            column(out, event.type());
            column(out, event.name());
            column(out, event.verdict().name());
            column(out, event.reason());
            column(out, event.keyId());
            out.append('\t').append(event.receivedAt());
            column(out, event.body());
            out.append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A text as a column can hold it. */
    static @Nullable String plain(@Nullable String text) {
        return text == null ? null : text.replace('\0', NUL_PICTURE);
    }

    private static void column(StringBuilder out, @Nullable String text) {
        out.append('\t');
        if (text == null) {
            out.append("\\N");
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\0' -> out.append(NUL_PICTURE);
                default -> out.append(c);
            }
        }
    }
}
