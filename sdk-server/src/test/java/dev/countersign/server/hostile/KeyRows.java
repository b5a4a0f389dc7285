package dev.countersign.server.hostile;

import static dev.countersign.server.identity.RejectionReason.MALFORMED;
import static dev.countersign.server.identity.RejectionReason.REVOKED_KEY;
import static dev.countersign.server.identity.RejectionReason.SIGNATURE_MISMATCH;
import static dev.countersign.server.identity.RejectionReason.UNKNOWN_KEY;

import dev.countersign.server.identity.RejectionReason;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tokens of revoked, unknown and other environments' keys, and tokens that name one key and were made with another. */
final class KeyRows {
    private KeyRows() {}

    static Stream<TokenRow> rows() {
        return Stream.of(
                row("revoked, by kid", "revoked", Forge.REVOKED, null, REVOKED_KEY),
                row("revoked, by name beside the token", null, Forge.REVOKED, "revoked", REVOKED_KEY),
                row("revoked, named by nobody", null, Forge.REVOKED, null, SIGNATURE_MISMATCH),
                row("revoked, made with the primary", "revoked", Forge.PRIMARY, null, REVOKED_KEY),
                row("unknown, by kid", "2020-01", Forge.PRIMARY, null, UNKNOWN_KEY),
                row("unknown, by name beside the token", null, Forge.PRIMARY, "2020-01", UNKNOWN_KEY),
                row("kid empty", "", Forge.PRIMARY, null, UNKNOWN_KEY),
                row("name beside the token empty", null, Forge.PRIMARY, "", UNKNOWN_KEY),
                row("kid of 4,000 characters", "k".repeat(4000), Forge.PRIMARY, null, UNKNOWN_KEY),
                row("kid in another case", "Primary", Forge.PRIMARY, null, UNKNOWN_KEY),
                row("kid with a space after it", "primary ", Forge.PRIMARY, null, UNKNOWN_KEY),
                row("kid with a NUL after it", "primary\\u0000", Forge.PRIMARY, null, UNKNOWN_KEY),
                row("kid a path", "../../../../dev/null", "", null, UNKNOWN_KEY),
                row("kid SQL", "x' UNION SELECT 'primary", Forge.PRIMARY, null, UNKNOWN_KEY),
                row("kid and name disagree", "primary", Forge.PRIMARY, "pending", MALFORMED),
                row("kid and name disagree, the name's key made it", "primary", Forge.PENDING, "pending", MALFORMED),
                row("kid and an empty name", "primary", Forge.PRIMARY, "", MALFORMED),
                row("right kid, another active key's MAC", "primary", Forge.PENDING, null, SIGNATURE_MISMATCH),
                row("right name, another active key's MAC", null, Forge.RETIRING, "primary", SIGNATURE_MISMATCH),
                row("right kid, another environment's MAC", "primary", Forge.FOREIGN, null, SIGNATURE_MISMATCH),
                row("another environment's key, by its kid", "foreign", Forge.FOREIGN, null, UNKNOWN_KEY),
                row("another environment's key, named by nobody", null, Forge.FOREIGN, null, SIGNATURE_MISMATCH));
    }

    private static TokenRow row(
            String description, @Nullable String kid, String secret, @Nullable String name, RejectionReason reason) {
        return new TokenRow("key: " + description, token(kid, secret), name, reason);
    }

    /** A genuine token of this secret, with this kid. */
    static String token(@Nullable String kid, String secret) {
        String header = kid == null ? Forge.HEADER : Forge.headerWith("\"kid\":\"" + kid + "\"");
        String input = Forge.base64url(header) + "." + Forge.base64url(Forge.PAYLOAD);
        return Forge.signed(input, secret.isEmpty() ? "\0" : secret);
    }
}
