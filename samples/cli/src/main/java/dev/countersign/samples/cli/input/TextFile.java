package dev.countersign.samples.cli.input;

import dev.countersign.samples.cli.output.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files in UTF-8. Messages name the option and not the path: a secret may have been typed in its place. */
final class TextFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final Path STANDARD_INPUT = Path.of("-");

    private TextFile() {}

    /** The whole text; {@code -} is standard input. */
    static String read(String option, Path file) {
        byte[] bytes;
        try (InputStream in = file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException unreadable) {
            throw Failure.file("the file of " + option + " cannot be read: "
                    + unreadable.getClass().getSimpleName());
        }
        if (bytes.length > MAX_BYTES) {
            throw Failure.file("the file of " + option + " has more than " + MAX_BYTES + " bytes, the most allowed");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw Failure.file("the file of " + option + " is not UTF-8");
        }
    }

    /** The text less the line break at its end, of which a text file has one. */
    static String readLine(String option, Path file) {
        String text = read(option, file);
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return line.endsWith("\r") && line.length() < text.length() ? line.substring(0, line.length() - 1) : line;
    }
}
