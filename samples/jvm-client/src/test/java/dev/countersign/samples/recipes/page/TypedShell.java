package dev.countersign.samples.recipes.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A reader's shell: one bash into which the blocks of a page are typed, one after the other. What they start in the
 * background runs on until the shell is closed.
 */
final class TypedShell implements AutoCloseable {
    private static final String TYPED = "-- typed, status ";
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[\\d;]*m");
    private static final int SECONDS = 120;

    private final Process bash;
    private final Writer keys;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> printed = new ArrayList<>();

    /**
     * Opens one.
     *
     * @param directory where it begins
     * @param errors the file for what it prints on the standard error stream
     */
    TypedShell(Path directory, Map<String, String> environment, Path errors) throws IOException {
        ProcessBuilder shell =
                new ProcessBuilder("bash", "-u").directory(directory.toFile()).redirectError(errors.toFile());
        shell.environment().putAll(environment);
        this.errors = errors;
        bash = shell.start();
        keys = bash.outputWriter(UTF_8);
        Thread reader = new Thread(() -> read(bash.inputReader(UTF_8)), "what the shell prints");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader output) {
        try (output) {
            output.lines().map(line -> COLOURS.matcher(line).replaceAll("")).forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("closed: " + e.getMessage());
        }
    }

    /** Types a block and returns the lines that were printed until its last command had ended, with status 0. */
    List<String> type(String block) throws IOException, InterruptedException {
        printed.clear();
        keys.write(block + "\necho \"" + TYPED + "$?\"\n");
        keys.flush();
        while (true) {
            String line = next(block);
            int end = line.indexOf(TYPED);
            if (end != 0) { // What does not end with a line break stands before the mark.
                printed.add(end < 0 ? line : line.substring(0, end));
            }
            if (end >= 0) {
                if (!line.endsWith(TYPED + 0)) {
                    fail(block + "\nended with " + line + "\n" + printed + "\n" + Files.readString(errors));
                }
                return List.copyOf(printed);
            }
        }
    }

    /** Returns the first line since the last block that begins so; what is in the background prints it when it is ready. */
    String await(String start) throws IOException, InterruptedException {
        for (String line : printed) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        String line;
        do {
            line = next(start);
            printed.add(line);
        } while (!line.startsWith(start));
        return line;
    }

    private String next(String wanted) throws IOException, InterruptedException {
        String line = lines.poll(SECONDS, TimeUnit.SECONDS);
        return line != null
                ? line
                : fail(SECONDS + " s without a line\n" + wanted + "\n" + printed + "\n" + Files.readString(errors));
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> started = bash.descendants().toList();
        started.forEach(ProcessHandle::destroyForcibly);
        bash.destroyForcibly().waitFor();
        started.forEach(process -> process.onExit().join());
    }
}
