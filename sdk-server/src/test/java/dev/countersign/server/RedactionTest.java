package dev.countersign.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.server.diagnosis.ProofDiagnosis;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.jwt.IdentityClaims;
import dev.countersign.server.jwt.JwtSigner;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeyLoader;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRingFile;
import dev.countersign.server.key.KeyRotation;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.RefreshingKeySource;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that prints, logs or throws around a secret or a proof, read for either. */
@Tag("R67")
class RedactionTest {
    private static final String SECRET = "sis_7hisIsTheSecretOfThisTest-andNobodyElses";

    private final StringBuilder printed = new StringBuilder();
    private final Logger root = Logger.getLogger("");
    private final Handler capture = new Handler() {
        @Override
        public synchronized void publish(LogRecord record) {
            printed.append(new SimpleFormatter().format(record)).append('\n');
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    private Path directory;

    @BeforeEach
    void captureLogs() {
        capture.setLevel(Level.ALL);
        root.addHandler(capture);
        Logger.getLogger("dev.countersign").setLevel(Level.ALL);
    }

    @AfterEach
    void releaseLogs() {
        root.removeHandler(capture);
    }

    @Test
    void everythingPrints_neitherSecretNorProofAppears() throws Exception {
        Secret secret = Secret.of(SECRET);
        SigningKey key = SigningKey.of("k1", secret, KeyStatus.PRIMARY);
        KeyRing ring = KeyRing.of(1, List.of(key, SigningKey.revoked("k0")));
        KeySource keys = KeySource.of(ring);
        List<String> proofs = new ArrayList<>();

        for (HmacFormat format : HmacFormat.values()) {
            SignedProof proof = HmacSigner.create(format, keys).signUser("u_1");
            proofs.add(proof.value());
            HmacVerifier verifier = HmacVerifier.create(format, keys);
            print(proof, verifier, verifier.verifyUser("u_1", proof.value(), "k1"));
            String wrong = proof.value().substring(1);
            proofs.add(wrong);
            for (String keyId : new String[] {null, "k0", "k1", "k9"}) {
                print(assertThrows(VerificationException.class, () -> verifier.verifyUser("u_1", wrong, keyId)));
                print(assertThrows(
                        VerificationException.class, () -> verifier.verifyUser("u_2", proof.value(), keyId)));
            }
            print(ProofDiagnosis.builder(ring).build().ofHmac(format, "u_2", proof.value(), null));
        }
        IdentityClaims claims = IdentityClaims.user("u_1").build();
        SignedProof token = JwtSigner.create("env", keys).sign(claims);
        proofs.add(token.value());
        proofs.add(token.value().substring(token.value().lastIndexOf('.') + 1));
        JwtVerifier verifier = JwtVerifier.create("other", keys);
        print(token, claims, verifier);
        print(assertThrows(VerificationException.class, () -> verifier.verify(token.value(), null)));
        print(assertThrows(VerificationException.class, () -> verifier.verify(token.value() + "x", null)));
        print(ProofDiagnosis.builder(ring).build().ofJwt(k -> verifier, token.value(), null));

        Path file = directory.resolve("ring.json");
        KeyRingFile.write(file, ring);
        try (RefreshingKeySource source =
                RefreshingKeySource.builder(KeyLoader.ringFile(file)).build()) {
            Files.writeString(file, "{\"version\":2,\"keys\":[{\"id\":\"k1\",\"secret\":\"" + SECRET);
            print(assertThrows(CompletionException.class, source.refreshNow()::join));
            print(source, source.lastFailure(), source.current());
        }
        print(secret, key, ring, keys, KeyRotation.add(ring, "k2", secret));
        print(assertThrows(RuntimeException.class, () -> KeyRotation.revoke(ring, "k1")));
        print(assertThrows(RuntimeException.class, () -> Secret.of("\"" + SECRET + "\"")));

        assertTrue(printed.toString().contains("could not load the key ring"), "logs were captured");
        assertNowhere(SECRET.substring(4));
        proofs.forEach(this::assertNowhere);
    }

    @Test
    void secretsKeysAndProofs_cannotBeSerialised() throws Exception {
        SigningKey key = TestKeys.primary("k1");
        SignedProof proof =
                HmacSigner.create(HmacFormat.HEX, TestKeys.source(key)).signUser("u_1");
        for (Object holder : new Object[] {key.secret(), key, TestKeys.ring(1, key), proof}) {
            try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
                assertThrows(NotSerializableException.class, () -> out.writeObject(holder));
            }
        }
    }

    private void print(Object... values) {
        for (Object value : values) {
            printed.append(value).append('\n');
            if (value instanceof Throwable thrown) {
                StringWriter trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace, true));
                printed.append(trace);
            }
        }
    }

    private void assertNowhere(String hidden) {
        assertFalse(printed.toString().contains(hidden), "a secret or proof was printed");
    }
}
