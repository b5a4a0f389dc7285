package dev.countersign.samples.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** One run of the program in this process. */
public record Run(int exitCode, String out, String err) {

    /** Runs it with these arguments. */
    public static Run of(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = CountersignCli.commandLine(out, err).execute(args);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The answer of a run with {@code --json}. */
    public JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }

    /** The one proof that a run with {@code --json} speaks of. */
    JsonObject proof() {
        return json().getAsJsonArray("proofs").get(0).getAsJsonObject();
    }
}
