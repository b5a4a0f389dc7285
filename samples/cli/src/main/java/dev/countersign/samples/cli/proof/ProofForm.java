package dev.countersign.samples.cli.proof;

import dev.countersign.server.hmac.HmacFormat;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The forms of proof, under the names that an environment's settings use. */
enum ProofForm {
    HMAC_HEX("hmac-hex", HmacFormat.HEX),
    HMAC_BASE64("hmac-base64", HmacFormat.BASE64),
    HMAC_V1("hmac-v1", HmacFormat.HMAC_V1),
    JWT("jwt", null);

    private final String label;
    private final @Nullable HmacFormat format;

    ProofForm(String label, @Nullable HmacFormat format) {
        this.label = label;
        this.format = format;
    }

    /** The HMAC's spelling; null for a JWT. */
    @Nullable
    HmacFormat format() {
        return format;
    }

    private static List<String> labels() {
        return Arrays.stream(values()).map(form -> form.label).toList();
    }

    /** From the label. */
    static final class Converter implements ITypeConverter<ProofForm> {
        @Override
        public ProofForm convert(String text) {
            return Arrays.stream(values())
                    .filter(form -> form.label.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is not a form; allowed are " + String.join(", ", labels())));
        }
    }

    /** For the help and the shell. */
    static final class Labels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return labels().iterator();
        }
    }
}
