package dev.countersign.samples.rotation.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another program's main class and ends with the process that started it.
 *
 * <p>Standard input is the tether: the parent holds the pipe's other end and never writes to it. However the parent
 * ends, also by kill -9, the kernel closes the pipe, and this process halts at once.
 */
public final class Tethered {

    /** Exit status of a process whose parent has gone. */
    public static final int PARENT_GONE = 70;

    private Tethered() {}

    /**
     * Runs {@code args[0]}, the name of a main class, with the other arguments.
     *
     * @throws Exception what the main method throws
     */
    public static void main(String[] args) throws Exception {
        Thread watch = new Thread(() -> haltAtEndOf(System.in), "tether");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void haltAtEndOf(InputStream tether) {
        try {
            while (tether.read() >= 0) {
                // Only its end means something.
            }
        } catch (IOException e) {
            // A broken tether is an ended one.
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }
}
