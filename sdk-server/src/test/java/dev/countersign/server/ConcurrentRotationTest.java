package dev.countersign.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.identity.RejectionReason;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.jwt.IdentityClaims;
import dev.countersign.server.jwt.JwtSigner;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRotation;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConcurrentRotationTest {
    private static final int ROTATIONS = 1_000;
    private static final int WORKERS = 4;
    private static final int PROOFS_A_RING = 20;

    private final Map<String, Secret> everyKey = new ConcurrentHashMap<>();
    private final LongAdder proofs = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final List<Future<?>> workers = new ArrayList<>();
    private volatile KeyRing ring;
    private volatile boolean rotating = true;

    /**
     * Signers and verifiers share a ring that rotates under them. A key is revoked when the fourth ring after its own
     * comes, so a proof fails only where its worker was held up for that long, and then as revoked. Every proof must
     * have been made with the very key that it names.
     */
    @Test
    @Tag("R84")
    void ringsRotateWhileFourThreadsSignAndVerify_noProofFailsOrMixesTwoKeys() throws Exception {
        ring = TestKeys.ring(1, TestKeys.primary("k1"));
        everyKey.put("k1", ring.primary().secret());
        KeySource keys = () -> ring;
        ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
        CountDownLatch started = new CountDownLatch(WORKERS);
        for (int i = 0; i < WORKERS; i++) {
            workers.add(pool.submit(() -> {
                signAndVerify(keys, started);
                return null;
            }));
        }
        assertTrue(started.await(30, TimeUnit.SECONDS));
        for (int i = 2; i <= ROTATIONS + 1; i++) {
            rotateTo(i);
        }
        rotating = false;
        for (Future<?> worker : workers) {
            worker.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();
        assertEquals("k" + (ROTATIONS + 1), ring.primary().id());
        assertTrue(late.sum() < proofs.sum() / 10, late + " of " + proofs + " proofs came late");
    }

    private void rotateTo(int number) {
        String next = "k" + number;
        Secret secret = Secret.of(Secret.generateText());
        everyKey.put(next, secret);
        KeyRing full = ring;
        String oldest = "k" + (number - KeyRing.MAX_ACTIVE_KEYS);
        KeyRing roomier = full.find(oldest) == null ? full : KeyRotation.revoke(full, oldest);
        ring = KeyRotation.promote(KeyRotation.add(roomier, next, secret), next);
        while (proofs.sum() < number * PROOFS_A_RING && workers.stream().noneMatch(Future::isDone)) {
            Thread.yield();
        }
    }

    private void signAndVerify(KeySource keys, CountDownLatch started) throws VerificationException {
        HmacSigner hmac = HmacSigner.create(HmacFormat.HEX, keys);
        HmacVerifier hmacVerifier = HmacVerifier.create(HmacFormat.HEX, keys);
        JwtSigner jwt = JwtSigner.create("env", keys);
        JwtVerifier jwtVerifier = JwtVerifier.create("env", keys);
        IdentityClaims claims = IdentityClaims.user("u_1").build();
        started.countDown();
        while (rotating) {
            SignedProof proof = hmac.signUser("u_1");
            // Against the named secret itself, whatever the ring says by now.
            HmacVerifier.create(HmacFormat.HEX, alone(proof.keyId())).verifyUser("u_1", proof.value(), proof.keyId());
            SignedProof token = jwt.sign(claims);
            JwtVerifier.create("env", alone(token.keyId())).verify(token.value(), token.keyId());
            try {
                assertEquals(
                        proof.keyId(),
                        hmacVerifier
                                .verifyUser("u_1", proof.value(), proof.keyId())
                                .keyId());
                assertEquals(
                        token.keyId(),
                        jwtVerifier.verify(token.value(), token.keyId()).keyId());
            } catch (VerificationException refused) {
                assertEquals(RejectionReason.REVOKED_KEY, refused.reason());
                assertEquals(KeyStatus.REVOKED, ring.find(refused.keyId()).status());
                late.increment();
            }
            proofs.increment();
        }
    }

    private KeySource alone(String keyId) {
        return TestKeys.source(SigningKey.of(keyId, everyKey.get(keyId), KeyStatus.PRIMARY));
    }
}
