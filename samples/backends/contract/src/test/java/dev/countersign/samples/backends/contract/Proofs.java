package dev.countersign.samples.backends.contract;

import dev.countersign.server.diagnosis.ProofDiagnosis;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.util.List;
import java.util.Map;
import org.opentest4j.AssertionFailedError;

/** Compares proofs, and names the mistake that explains a wrong one. */
final class Proofs {
    private static final Map<String, HmacFormat> FORMATS =
            Map.of("hex", HmacFormat.HEX, "base64", HmacFormat.BASE64, "hmac_v1", HmacFormat.HMAC_V1);

    private Proofs() {}

    /**
     * Fails unless they are equal.
     *
     * @param form {@code hex}, {@code base64} or {@code hmac_v1}
     * @param id what should have been signed
     */
    static void assertProof(String expected, String actual, String form, String secret, String id) {
        if (!expected.equals(actual)) {
            KeyRing ring = KeyRing.of(1, List.of(SigningKey.of("k1", Secret.ofShort(secret), KeyStatus.PRIMARY)));
            String advice = ProofDiagnosis.builder(ring)
                    .build()
                    .ofHmac(FORMATS.get(form), id, actual, null)
                    .advice();
            throw new AssertionFailedError(
                    form + " proof of " + Json.text(id) + ": " + advice, Json.text(expected), Json.text(actual));
        }
    }
}
