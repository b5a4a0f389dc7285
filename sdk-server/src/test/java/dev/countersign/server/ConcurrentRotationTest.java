package dev.countersign.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.identity.VerifiedIdentity;
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
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConcurrentRotationTest {
    private static final int ROTATIONS = 1_000;
    private static final int WORKERS = 4;

    private final Map<String, Secret> everyKey = new ConcurrentHashMap<>();
    private final AtomicLongArray proofs = new AtomicLongArray(WORKERS);
    private final List<Future<?>> workers = new ArrayList<>();
    private volatile KeyRing ring;
    private volatile boolean rotating = true;

    /**
     * Signers and verifiers share a ring that rotates under them. A key is revoked only in the rotation after the one
     * that retired it, so every proof must verify; and each must have been made with the very key that it names.
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
            int worker = i;
            workers.add(pool.submit(() -> {
                signAndVerify(keys, started, worker);
                return null;
            }));
        }
        assertTrue(started.await(30, TimeUnit.SECONDS));
        for (int i = 2; i <= ROTATIONS + 1; i++) {
            rotateTo("k" + i, "k" + (i - 2));
        }
        rotating = false;
        for (Future<?> worker : workers) {
            worker.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();
        assertEquals("k" + (ROTATIONS + 1), ring.primary().id());
    }

    private void rotateTo(String next, String former) {
        Secret secret = Secret.of(Secret.generateText());
        everyKey.put(next, secret);
        ring = KeyRotation.promote(KeyRotation.add(ring, next, secret), next);
        // Proofs are verified right after they are signed: once each worker has begun anew, none that was made with
        // the key before the former one is under way.
        for (int worker = 0; worker < WORKERS; worker++) {
            long begunAnew = proofs.get(worker) + 2;
            while (proofs.get(worker) < begunAnew && !workers.get(worker).isDone()) {
                Thread.yield();
            }
        }
        if (ring.find(former) != null) {
            ring = KeyRotation.revoke(ring, former);
        }
    }

    private void signAndVerify(KeySource keys, CountDownLatch started, int worker) throws VerificationException {
        HmacSigner hmac = HmacSigner.create(HmacFormat.HEX, keys);
        HmacVerifier hmacVerifier = HmacVerifier.create(HmacFormat.HEX, keys);
        JwtSigner jwt = JwtSigner.create("env", keys);
        JwtVerifier jwtVerifier = JwtVerifier.create("env", keys);
        IdentityClaims claims = IdentityClaims.user("u_1").build();
        started.countDown();
        while (rotating) {
            SignedProof proof = hmac.signUser("u_1");
            SignedProof token = jwt.sign(claims);
            VerifiedIdentity user = hmacVerifier.verifyUser("u_1", proof.value(), proof.keyId());
            assertEquals(proof.keyId(), user.keyId());
            // Against the named secret itself, whatever the ring says by now.
            KeySource named = KeySource.of(
                    TestKeys.ring(1, SigningKey.of(proof.keyId(), everyKey.get(proof.keyId()), KeyStatus.PRIMARY)));
            HmacVerifier.create(HmacFormat.HEX, named).verifyUser("u_1", proof.value(), proof.keyId());
            assertEquals(
                    token.keyId(),
                    jwtVerifier.verify(token.value(), token.keyId()).keyId());
            proofs.incrementAndGet(worker);
        }
    }
}
