package dev.countersign.server.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.server.identity.RejectionReason;
import dev.countersign.server.identity.VerificationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** What every refusal must be: the right reason, cheap, and silent about the proof and the secrets. */
final class Refusals {
    /** A piece of a proof as long as this never stands in a message by chance. */
    private static final int TELLTALE = 10;

    private static final int SEARCHED = 10_000;

    private Refusals() {}

    static VerificationException assertRefused(RejectionReason reason, String proof, Executable verification) {
        VerificationException refusal = assertThrows(VerificationException.class, verification);
        assertEquals(reason, refusal.reason(), refusal::getMessage);
        assertEquals(0, refusal.getStackTrace().length, "stack trace");
        assertNull(refusal.getCause());
        assertSilent(refusal, proof);
        return refusal;
    }

    private static void assertSilent(VerificationException refusal, String proof) {
        StringWriter printed = new StringWriter();
        refusal.printStackTrace(new PrintWriter(printed, true));
        String text = refusal.getMessage() + refusal + printed;
        for (int from = 0; from + TELLTALE <= Math.min(proof.length(), SEARCHED); from++) {
            String piece = proof.substring(from, from + TELLTALE);
            assertFalse(text.contains(piece), "the refusal repeats a piece of the proof");
        }
        for (String secret : List.of(Forge.PRIMARY, Forge.PENDING, Forge.RETIRING, Forge.REVOKED, Forge.FOREIGN)) {
            assertFalse(text.contains(secret), "the refusal repeats a secret");
        }
    }
}
