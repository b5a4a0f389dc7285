package dev.countersign.server.hostile;

import static dev.countersign.server.hostile.Refusals.assertRefused;
import static dev.countersign.server.identity.RejectionReason.MALFORMED;
import static dev.countersign.server.identity.RejectionReason.SIGNATURE_MISMATCH;
import static dev.countersign.server.identity.RejectionReason.TOO_LARGE;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.identity.RejectionReason;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.lang.management.ManagementFactory;
import java.security.Security;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However hostile a proof is, it costs at most one MAC for each active key, and none before it is well-formed. */
@Tag("T35")
class BoundedWorkTest {
    private static final String ID = "u_123";
    private static final String NO_MAC = "0".repeat(64);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static KeySource fiveKeys;

    @BeforeAll
    static void countDigests() {
        Security.insertProviderAt(new CountingProvider(), 1);
        List<SigningKey> keys = new ArrayList<>();
        for (int i = 0; i < KeyRing.MAX_ACTIVE_KEYS; i++) {
            KeyStatus status = i == 0 ? KeyStatus.PRIMARY : KeyStatus.PENDING;
            keys.add(SigningKey.of(i == 0 ? "primary" : "k" + i, Secret.of(i + Forge.PRIMARY), status));
        }
        keys.add(SigningKey.revoked("revoked"));
        fiveKeys = KeySource.of(KeyRing.of(1, keys));
    }

    @AfterAll
    static void stopCounting() {
        Security.removeProvider("Counting");
    }

    @Test
    void aNamedKey_costsOneMac() {
        HmacVerifier hmac = HmacVerifier.create(HmacFormat.HEX, fiveKeys);
        String genuine = HexFormat.of().formatHex(Forge.macOf("4" + Forge.PRIMARY, ID));
        assertMacs(1, () -> hmac.verifyUser(ID, genuine, "k4"));
        assertMacs(1, () -> assertRefused(SIGNATURE_MISMATCH, NO_MAC, () -> hmac.verifyUser(ID, NO_MAC, "k4")));
        JwtVerifier jwt = Forge.verifier(fiveKeys);
        String token = KeyRows.token("k4", "4" + Forge.PRIMARY);
        assertMacs(1, () -> jwt.verify(token, null));
        String forged = KeyRows.token("k4", Forge.FOREIGN);
        assertMacs(1, () -> assertRefused(SIGNATURE_MISMATCH, forged, () -> jwt.verify(forged, "k4")));
    }

    @Test
    void noNamedKey_costsAtMostOneMacForEachActiveKey() {
        HmacVerifier hmac = HmacVerifier.create(HmacFormat.HEX, fiveKeys);
        String genuine = HexFormat.of().formatHex(Forge.macOf("0" + Forge.PRIMARY, ID));
        assertMacs(1, () -> hmac.verifyUser(ID, genuine, null));
        assertMacs(5, () -> assertRefused(SIGNATURE_MISMATCH, NO_MAC, () -> hmac.verifyUser(ID, NO_MAC, null)));
        JwtVerifier jwt = Forge.verifier(fiveKeys);
        String forged = KeyRows.token(null, Forge.FOREIGN);
        assertMacs(5, () -> assertRefused(SIGNATURE_MISMATCH, forged, () -> jwt.verify(forged, null)));
    }

    static Stream<TokenRow> withoutReadingThePayload() {
        return Stream.of(HeaderRows.rows(), EncodingRows.rows(), KeyRows.rows()).flatMap(rows -> rows);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withoutReadingThePayload")
    void aHostileToken_costsMacsOnlyWhenItIsWellFormed(TokenRow row) {
        String token = row.token() == null ? "" : row.token();
        JwtVerifier verifier = Forge.verifier();
        boolean named = row.signingKeyName() != null || row.description().contains("kid");
        assertMacs(
                macs(row.reason(), named),
                () -> assertRefused(row.reason(), token, () -> verifier.verify(row.token(), row.signingKeyName())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.countersign.server.hostile.HostileSignaturesTest#rows")
    void aHostileSignature_costsMacsOnlyWhenItIsWellFormed(HostileSignaturesTest.Row row) {
        String proof = row.proof() == null ? "" : row.proof();
        HmacVerifier verifier = HmacVerifier.create(row.format(), KeySource.of(Forge.ring()));
        assertMacs(
                macs(row.reason(), row.keyId() != null),
                () -> assertRefused(row.reason(), proof, () -> verifier.verifyUser(row.id(), proof, row.keyId())));
    }

    private static int macs(RejectionReason reason, boolean named) {
        int active = Forge.ring().activeKeys().size();
        return reason != SIGNATURE_MISMATCH ? 0 : named ? 1 : active;
    }

    @Test
    void thePayload_isNotReadBeforeItsMac() {
        String input = Forge.base64url(Forge.HEADER) + "." + Forge.base64url("[".repeat(5000));
        JwtVerifier jwt = Forge.verifier(fiveKeys);
        String forged = Forge.signed(input, Forge.FOREIGN);
        assertMacs(5, () -> assertRefused(SIGNATURE_MISMATCH, forged, () -> jwt.verify(forged, null)));
        String signed = Forge.signed(input, "0" + Forge.PRIMARY);
        assertMacs(1, () -> assertRefused(MALFORMED, signed, () -> jwt.verify(signed, null)));
    }

    @Test
    void theLargestToken_costsFiveTimesItsBytes() {
        String largest = EncodingRows.sized(8192);
        JwtVerifier jwt = Forge.verifier(fiveKeys);
        assertMacs(5, () -> assertRefused(SIGNATURE_MISMATCH, largest, () -> jwt.verify(largest, null)));
        assertTrue(CountingProvider.bytes() <= 5 * (8192 + 32), "bytes digested: " + CountingProvider.bytes());
    }

    @Test
    void aTokenAboveTheLimit_isRefusedWithoutBeingCopiedOrDecoded() {
        String huge = Forge.token(Forge.HEADER, Forge.PAYLOAD) + "A".repeat(16 << 20);
        JwtVerifier verifier = Forge.verifier(fiveKeys);
        assertMacs(0, () -> assertRefused(TOO_LARGE, huge, () -> verifier.verify(huge, null)));
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            assertThrows(VerificationException.class, () -> verifier.verify(huge, null));
        }
        long each = (THREADS.getCurrentThreadAllocatedBytes() - before) / 100;
        assertTrue(each < 8192, "bytes allocated for a refusal: " + each);
    }

    private static void assertMacs(long expected, Executable verification) {
        CountingProvider.reset();
        assertDoesNotThrow(verification);
        assertEquals(2 * expected, CountingProvider.digests(), "digests; two make a MAC");
    }
}
