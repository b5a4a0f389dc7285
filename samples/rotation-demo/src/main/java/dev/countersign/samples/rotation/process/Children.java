package dev.countersign.samples.rotation.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Every child of the demo. They end together. Thread-safe. */
public final class Children implements AutoCloseable {

    private final Path logs;
    private final List<ChildProcess> children = new CopyOnWriteArrayList<>();

    /** No children yet; their output will go to files in {@code logs}. */
    public Children(Path logs) {
        this.logs = logs;
    }

    /** Starts one more: see {@link ChildProcess#start}. */
    public ChildProcess start(JavaProgram program, String readyMark, Consumer<String> listener) throws IOException {
        ChildProcess child = ChildProcess.start(program, logs, readyMark, listener);
        children.add(child);
        return child;
    }

    /**
     * Checks on all.
     *
     * @throws IOException if one has ended
     */
    public void requireAllAlive() throws IOException {
        for (ChildProcess child : children) {
            if (!child.isAlive()) {
                throw new IOException(child.name() + " ended unexpectedly: see " + logs.resolve(child.name() + ".log"));
            }
        }
    }

    /** Ends all, last started first. */
    @Override
    public void close() {
        List<ChildProcess> lastFirst = new ArrayList<>(children);
        Collections.reverse(lastFirst);
        lastFirst.forEach(ChildProcess::askToEnd);
        lastFirst.forEach(ChildProcess::close);
    }
}
