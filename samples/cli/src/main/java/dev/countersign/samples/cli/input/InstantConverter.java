package dev.countersign.samples.cli.input;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code now}, or ISO 8601 with its offset, as in {@code 2026-11-20T10:00:00Z}. */
public final class InstantConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        if (text.equals("now")) {
            return Instant.now().truncatedTo(ChronoUnit.SECONDS);
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException notATime) {
            throw new TypeConversionException(
                    "'" + text + "' is not a time; allowed are now and such as 2026-11-20T10:00:00Z");
        }
    }
}
