package dev.countersign.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of {@code docs/check/mutations.txt}.
 *
 * @param row the row that the test proves
 * @param module its folder
 * @param test class, or class and method joined by {@code #}
 * @param what what is broken, in words
 * @param file what is changed, from the repository's root
 * @param text what stands in it, once
 * @param instead what takes its place
 */
record Mutation(String row, String module, String test, String what, String file, String text, String instead) {

    static List<Mutation> read(Path list) throws IOException {
        List<Mutation> mutations = new ArrayList<>();
        for (String block : Files.readString(list).split("\n\n+")) {
            List<String> lines =
                    block.lines().filter(line -> !line.startsWith("//")).toList();
            if (lines.isEmpty()) {
                continue;
            }
            String[] head = lines.get(0).split(" \\| ", 4);
            if (lines.size() != 4 || head.length != 4) {
                throw new IllegalArgumentException("not a heading, a file, - and +: " + block);
            }
            String text = after("- ", lines.get(2));
            String instead = after("+ ", lines.get(3));
            mutations.add(new Mutation(head[0], head[1], head[2], head[3], lines.get(1), text, instead));
        }
        return mutations;
    }

    private static String after(String sign, String line) {
        if (!line.startsWith(sign)) {
            throw new IllegalArgumentException("not " + sign + "and a text: " + line);
        }
        return line.substring(sign.length());
    }

    String type() {
        return test.split("#")[0];
    }

    /** Empty for the whole class. */
    String method() {
        return test.contains("#") ? test.split("#")[1] : "";
    }

    /** The file's content with the mistake. */
    String applied(Path root) throws IOException {
        String content = Files.readString(root.resolve(file));
        int at = content.indexOf(text);
        if (at < 0 || content.indexOf(text, at + 1) >= 0) {
            throw new IllegalStateException(
                    row + ": " + file + " holds this " + (at < 0 ? "not at all" : "more than once") + ": " + text);
        }
        return content.replace(text, instead);
    }

    /** Its part of the page, without what came of it. */
    String entry() {
        return """
                ## %s: %s

                ```diff
                %s
                - %s
                + %s
                ```

                `%s` (%s):
                """.formatted(row, what, file, text, instead, test, module);
    }

    @Override
    public String toString() {
        return row + " " + what;
    }
}
