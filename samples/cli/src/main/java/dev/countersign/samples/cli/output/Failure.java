package dev.countersign.samples.cli.output;

/** Ends a command with a message for the operator, which names the field, the actual and the allowed value. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String code;

    private Failure(int exitCode, String code, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
        this.code = code;
    }

    /** Something given is missing or not allowed. */
    public static Failure usage(String message) {
        return new Failure(ExitCode.USAGE, "USAGE", message);
    }

    /**
     * A step that may not be done.
     *
     * @param code the rule, in capitals
     */
    public static Failure forbidden(String code, String message) {
        return new Failure(ExitCode.FORBIDDEN, code, message);
    }

    /** A file that cannot be read or written, or does not hold what it should. */
    public static Failure file(String message) {
        return new Failure(ExitCode.FILE, "FILE", message);
    }

    /** A ring that somebody else changes. */
    public static Failure conflict(String message) {
        return new Failure(ExitCode.CONFLICT, "CONFLICT", message);
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }

    /** What a script tells the failure by: {@code USAGE}, {@code FILE}, {@code CONFLICT} or the rule. */
    public String code() {
        return code;
    }
}
