package dev.countersign.samples.cli.input;

import dev.countersign.samples.cli.output.Failure;

/**
 * Refuses text that the locale may have mangled. In the C locale Java reads every byte that is not ASCII as a question
 * mark: the wrong id would be signed, without a word.
 */
final class FaithfulText {
    private static final boolean UTF_8 =
            System.getProperty("sun.jnu.encoding", "").matches("(?i)utf-?8");

    private FaithfulText() {}

    /**
     * The text, where it is what was typed.
     *
     * @param field what the text is, for the message
     */
    static String require(String field, String text) {
        boolean doubtful = text.codePoints().anyMatch(c -> c >= 128 || c == '?');
        if (text.indexOf('\uFFFD') >= 0 || (doubtful && !UTF_8)) {
            throw Failure.usage(field + " has characters that this locale (" + System.getProperty("sun.jnu.encoding")
                    + ") may mangle; allowed are ASCII without '?', or any with LC_ALL=C.UTF-8, or a file");
        }
        return text;
    }
}
