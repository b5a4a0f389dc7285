package dev.countersign.samples.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command has to say, as lines for a person and as one JSON object for a script. Not thread-safe. */
public final class Answer {
    private static final Gson JSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private final List<String> lines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();
    private int exitCode = ExitCode.OK;

    /** The exit code: {@link ExitCode#OK} unless set. */
    public Answer exitCode(int code) {
        exitCode = code;
        return this;
    }

    /** A line of the answer, on standard output. */
    public Answer line(String line) {
        lines.add(line);
        return this;
    }

    /** A remark that is no part of the answer, on standard error. */
    public Answer note(String note) {
        notes.add(note);
        return this;
    }

    /**
     * A member of the JSON answer.
     *
     * @param value null, a {@code String}, {@code Boolean}, {@code Number}, {@code List} or {@code Map}
     */
    public Answer member(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    int exitCode() {
        return exitCode;
    }

    List<String> lines() {
        return lines;
    }

    List<String> notes() {
        return notes;
    }

    String json() {
        return JSON.toJson(members);
    }
}
