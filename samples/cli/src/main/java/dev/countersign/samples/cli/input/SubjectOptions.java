package dev.countersign.samples.cli.input;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose proof it is. */
public final class SubjectOptions {
    @Option(names = "--user", paramLabel = "<id>", description = "The user's id, exactly as events carry it.")
    private @Nullable String user;

    @Option(names = "--group", paramLabel = "<id>", description = "The group's id, exactly as events carry it.")
    private @Nullable String group;

    /** The user; null when none is named. */
    public @Nullable String user() {
        return user == null ? null : FaithfulText.require("--user", user);
    }

    /** The group; null when none is named. */
    public @Nullable String group() {
        return group == null ? null : FaithfulText.require("--group", group);
    }
}
