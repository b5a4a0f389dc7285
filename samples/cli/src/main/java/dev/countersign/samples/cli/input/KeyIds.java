package dev.countersign.samples.cli.input;

import dev.countersign.samples.cli.output.Failure;
import dev.countersign.samples.cli.output.Redaction;

/** Ids of keys as typed. */
public final class KeyIds {
    private KeyIds() {}

    /** The id, unless it is a secret by its looks: ids travel in the open, beside every proof. */
    public static String require(String field, String id) {
        if (Redaction.looksSecret(id)) {
            throw Failure.usage(field + " looks like a secret; allowed is an id, such as 2026-11");
        }
        return id;
    }
}
