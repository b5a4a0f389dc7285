package dev.countersign.samples.cli.input;

import dev.countersign.samples.cli.output.Failure;

/** Environment variables that an option names. */
final class Environment {
    private Environment() {}

    /** The variable's text, exactly. The message does not name the variable: a secret may stand in its place. */
    static String read(String option, String variable) {
        String text = System.getenv(variable);
        if (text == null) {
            throw Failure.usage("the environment variable that " + option + " names is not set");
        }
        return FaithfulText.require("the variable of " + option, text);
    }
}
