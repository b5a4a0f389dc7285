package dev.countersign.samples.cli.input;

import dev.countersign.samples.cli.output.Failure;

/**
 * Refuses text that the locale has mangled. In the C locale Java reads every byte that is not ASCII as U+FFFD: the
 * wrong id would be signed, without a word.
 */
final class FaithfulText {
    private static final char REPLACEMENT = '\uFFFD';

    private FaithfulText() {}

    /**
     * The text, where it is what was typed.
     *
     * @param field what the text is, for the message
     */
    static String require(String field, String text) {
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw Failure.usage(field + " has characters that cannot be read in this locale's encoding, "
                    + System.getProperty("sun.jnu.encoding") + "; set LC_ALL=C.UTF-8, or use a file");
        }
        return text;
    }
}
