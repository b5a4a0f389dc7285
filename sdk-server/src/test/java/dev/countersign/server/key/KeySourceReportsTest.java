package dev.countersign.server.key;

import static dev.countersign.server.TestKeys.key;
import static dev.countersign.server.TestKeys.ring;
import static dev.countersign.server.key.KeyStatus.PENDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.jwt.IdentityClaims;
import dev.countersign.server.jwt.JwtSigner;
import dev.countersign.server.jwt.JwtVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a key source tells its listener, and how it follows a file. */
class KeySourceReportsTest extends KeySourceFixture {
    @Test
    void aListenerThrows_theSourceGoesOn() throws IOException {
        RefreshingKeySource robust = RefreshingKeySource.builder(this::load)
                .listener(new KeyListener() {
                    @Override
                    public void loaded(KeyRing ring) {
                        throw new IllegalStateException("listener's fault");
                    }
                })
                .ticker(time::nanos)
                .scheduler(time)
                .build();
        stored = ring(2, first);
        time.advance(Duration.ofMinutes(1));
        assertEquals(2, robust.current().version());
    }

    @Test
    @Tag("R34")
    void keysAreUsed_theListenerHearsTheFirstUseAndEachMinuteWithTraffic() {
        HmacSigner signer = HmacSigner.create(HmacFormat.HEX, source);
        signer.signUser("u_1");
        signer.signUser("u_2");
        time.runDue();
        assertEquals(List.of("loaded 1", "first k1"), told);
        time.advance(Duration.ofMinutes(2));
        assertEquals(List.of("loaded 1", "first k1", "seen k1"), told);
        signer.signUser("u_3");
        time.advance(Duration.ofMinutes(1));
        assertEquals(List.of("loaded 1", "first k1", "seen k1", "seen k1"), told);
    }

    @Test
    void aTokenIsGenuineAndExpired_itIsNoUseOfItsKey() {
        Clock longAgo = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        JwtSigner signer = JwtSigner.builder(KeySource.of(stored))
                .audience("env")
                .clock(longAgo)
                .build();
        String token = signer.sign(IdentityClaims.user("u_1").build()).value();
        assertThrows(
                VerificationException.class,
                () -> JwtVerifier.create("env", source).verify(token, null));
        time.runDue();
        assertEquals(List.of("loaded 1"), told);
    }

    @Test
    void aWatchedFileChanges_itIsReloadedWithinASecondAndABrokenOneKeepsTheLastGoodRing(@TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("ring.json");
        KeyRingFile.write(file, stored);
        RefreshingKeySource watching = RefreshingKeySource.builder(KeyLoader.ringFile(file))
                .watch(file)
                .ticker(time::nanos)
                .scheduler(time)
                .build();
        KeyRingFile.write(file, ring(2, first, key("k2", PENDING)));
        time.advance(Duration.ofSeconds(1));
        assertEquals(2, watching.current().version());

        Files.writeString(file, "{\"version\": 3, \"keys\": [");
        time.advance(Duration.ofSeconds(1));
        assertEquals(2, watching.current().version());
        assertTrue(watching.lastFailure().contains("unexpected end"), watching.lastFailure());
        Files.delete(file);
        time.advance(Duration.ofSeconds(1));
        assertEquals(2, watching.current().version());

        KeyRingFile.write(file, ring(4, first));
        time.advance(Duration.ofSeconds(1));
        assertEquals(4, watching.current().version());
        assertNull(watching.lastFailure());
    }

    @Test
    void theDefaultThreads_reloadARealFile(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ring.json");
        KeyRingFile.write(file, stored);
        try (RefreshingKeySource real = RefreshingKeySource.watching(file)) {
            KeyRingFile.write(file, ring(2, first));
            assertEquals(2, real.refreshNow().get(10, TimeUnit.SECONDS).version());
        }
    }
}
