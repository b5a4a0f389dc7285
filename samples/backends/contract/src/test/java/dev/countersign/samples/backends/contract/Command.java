package dev.countersign.samples.backends.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs to its end. */
final class Command {
    private static final long SECONDS = 120;

    private Command() {}

    /** What it prints, on both streams, given that input; an error unless it succeeds. */
    static String run(List<String> command, Path directory, String input) throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile("countersign", ".in"), input);
        Path out = Files.createTempFile("countersign", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + SECONDS + " s");
            }
            String output = Files.readString(out, UTF_8);
            if (process.exitValue() != 0) {
                throw new AssertionError(command + " ended with status " + process.exitValue() + ":\n" + output);
            }
            return output;
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }
}
