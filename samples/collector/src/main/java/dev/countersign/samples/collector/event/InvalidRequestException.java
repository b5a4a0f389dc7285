package dev.countersign.samples.collector.event;

/** A request from which no event can be read. */
public final class InvalidRequestException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean tooLarge;

    private InvalidRequestException(boolean tooLarge, String message) {
        super(message, null, false, false);
        this.tooLarge = tooLarge;
    }

    /**
     * It is not the JSON, or not the compression, that it should be.
     *
     * @param message what is wrong, quoting nothing of it
     */
    public static InvalidRequestException malformed(String message) {
        return new InvalidRequestException(false, message);
    }

    /**
     * It exceeds a limit.
     *
     * @param message the actual and the allowed value
     */
    public static InvalidRequestException tooLarge(String message) {
        return new InvalidRequestException(true, message);
    }

    /** Whether it exceeds a limit; malformed otherwise. */
    public boolean isTooLarge() {
        return tooLarge;
    }
}
