package dev.countersign.samples.cli.input;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 90s}, {@code 15m}, {@code 1h}, {@code 2d}, or ISO 8601 as in {@code PT15M}. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern SHORT = Pattern.compile("\\d{1,9}[smhd]");

    @Override
    public Duration convert(String text) {
        boolean isShort = SHORT.matcher(text).matches();
        String iso = (isShort && text.endsWith("d") ? "P" : "PT") + text;
        try {
            return Duration.parse(isShort ? iso.toUpperCase(Locale.ROOT) : text);
        } catch (DateTimeParseException notADuration) {
            throw new TypeConversionException(
                    "'" + text + "' is not a duration; allowed are such as 90s, 15m and PT15M");
        }
    }
}
