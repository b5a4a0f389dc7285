package dev.countersign.samples.cli.input;

import dev.countersign.samples.cli.output.Failure;
import java.io.Console;
import org.jspecify.annotations.Nullable;

/** The operator's terminal. Without one nothing is asked: a script never hangs, and never confirms by accident. */
public final class Terminal {
    private Terminal() {}

    /**
     * What the operator types, without echo.
     *
     * @param what what to ask for
     * @param otherwise what to use where there is no terminal
     */
    static String readHidden(String what, String otherwise) {
        Console console = console();
        if (console == null) {
            throw Failure.usage("there is no terminal to ask for the " + what + " on; use " + otherwise);
        }
        char[] typed = console.readPassword("%s (not shown): ", what);
        if (typed == null || typed.length == 0) {
            throw Failure.usage("no " + what + " was typed");
        }
        return FaithfulText.require(what, new String(typed));
    }

    /**
     * What the operator types at this question.
     *
     * @return null when there is no terminal, or its input has ended
     */
    public static @Nullable String ask(String question) {
        Console console = console();
        return console == null ? null : console.readLine("%s", question);
    }

    /** Null without a terminal: the JDK's own console has always said so, the one of JDK 22 to 24 does not. */
    @SuppressWarnings("SystemConsoleNull")
    private static @Nullable Console console() {
        System.setProperty("jdk.console", "java.base");
        return System.console();
    }
}
