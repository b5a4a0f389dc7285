package dev.countersign.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.jwt.JwtVerifier;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

/** The rows of a benchmark do the same work. */
class PeersAgreeTest {
    private static final Samples.User FIRST = Samples.users()[0];

    @Test
    void hexSigned_givesTheSameProofInEveryRow() throws Exception {
        Set<String> proofs = results(HmacHexSign.class).values().stream()
                .map(PeersAgreeTest::text)
                .collect(Collectors.toSet());
        assertEquals(1, proofs.size(), proofs.toString());
    }

    @Test
    void hexVerified_acceptsInEveryRow() throws Exception {
        assertEquals(6, results(HmacHexVerify.class).size());
    }

    @Test
    void jwtSigned_verifiesWithTheSameClaimsInEveryRow() throws Exception {
        JwtVerifier verifier = JwtVerifier.create(Samples.AUDIENCE, Samples.fixedKeys());
        for (Map.Entry<String, Object> row : results(JwtSign.class).entrySet()) {
            VerifiedIdentity identity = verifier.verify(text(row.getValue()), null);
            assertEquals(FIRST.id(), identity.userId(), row.getKey());
            assertEquals(Samples.KEY_ID, identity.keyId());
            assertEquals(FIRST.visitor(), identity.claims().get("visitor"), row.getKey());
            assertEquals(FIRST.account(), identity.claims().get("account"), row.getKey());
            assertEquals(
                    Set.of("sub", "aud", "iat", "exp", "nonce", "visitor", "account"),
                    identity.claims().keySet(),
                    row.getKey());
        }
    }

    @Test
    void jwtVerified_readsTheSameVisitorInEveryRow() throws Exception {
        Map<String, Object> results = results(JwtVerify.class);
        results.remove("limit");
        results.remove("tink");
        results.forEach((row, visitor) -> assertEquals(
                FIRST.visitor(),
                visitor instanceof VerifiedIdentity identity ? identity.claims().get("visitor") : visitor,
                row));
    }

    /** The first result of each row: each is called on a fresh state, so with the first user. */
    private static Map<String, Object> results(Class<?> benchmark) throws Exception {
        Map<String, Object> results = new TreeMap<>();
        for (Method row : rows(benchmark).toList()) {
            results.put(row.getName(), row.invoke(benchmark.getConstructor().newInstance()));
        }
        return results;
    }

    private static Stream<Method> rows(Class<?> benchmark) {
        return Arrays.stream(benchmark.getMethods()).filter(method -> method.isAnnotationPresent(Benchmark.class));
    }

    private static String text(Object result) {
        return result instanceof SignedProof proof ? proof.value() : (String) result;
    }
}
