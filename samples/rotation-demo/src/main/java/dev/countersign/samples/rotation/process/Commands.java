package dev.countersign.samples.rotation.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The commands that the demo sends to a process of its own, one line each. */
public final class Commands {

    /** What to do about one command. */
    @FunctionalInterface
    public interface Handler {
        /** Handles {@code command}; returns false to read no more. */
        boolean handle(String command) throws Exception;
    }

    private Commands() {}

    /**
     * Hands every line of standard input to {@code handler} until it returns false. If the input ends first, the demo
     * has gone: this process halts.
     */
    public static void read(Handler handler) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        do {
            line = nextLine(lines);
        } while (handler.handle(line));
    }

    private static String nextLine(BufferedReader lines) {
        try {
            String line = lines.readLine();
            if (line != null) {
                return line;
            }
        } catch (IOException e) {
            // A broken tether is an ended one.
        }
        Runtime.getRuntime().halt(Tethered.PARENT_GONE);
        throw new AssertionError("halted");
    }
}
