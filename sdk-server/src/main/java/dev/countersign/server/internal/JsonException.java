package dev.countersign.server.internal;

/** Text that is not the strict JSON expected. The message names the rule and the byte offset, never the text. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    JsonException(String rule, int offset) {
        super(rule + " at byte " + offset, null, false, false);
    }
}
