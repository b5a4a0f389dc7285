package dev.countersign.samples.cli.output;

/** What a script can tell a run by. */
public final class ExitCode {
    /** Done; the proof is valid; the step is safe now. */
    public static final int OK = 0;

    /** The answer is no: the proof is refused, the step is not safe yet. */
    public static final int NO = 1;

    /** An option, an argument, an id or a secret is missing or not allowed. */
    public static final int USAGE = 2;

    /** The rules of a rotation forbid the step, or it was not confirmed. The ring is as it was. */
    public static final int FORBIDDEN = 3;

    /** A file cannot be read or written, or does not hold what it should. */
    public static final int FILE = 4;

    /** Somebody else is changing the ring, or has changed it meanwhile. The ring is as they left it. */
    public static final int CONFLICT = 5;

    /** A fault of this program. */
    public static final int BUG = 70;

    private ExitCode() {}
}
