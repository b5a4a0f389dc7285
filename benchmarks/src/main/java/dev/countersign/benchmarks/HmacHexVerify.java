package dev.countersign.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.identity.VerifiedIdentity;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The hex signature of an id of 36 characters, genuine each time, with the key that it names. */
@State(Scope.Thread)
public class HmacHexVerify {
    private final String[] ids = Samples.ids();
    private final byte[] secret = Samples.secret();
    private final TwoDigests twoDigests = new TwoDigests(secret);
    private final String[] proofs = Arrays.stream(ids)
            .map(id -> TwoDigests.hex(twoDigests.mac(id.getBytes(UTF_8))))
            .toArray(String[]::new);
    private int at;

    private final HmacVerifier verifier = HmacVerifier.create(HmacFormat.HEX, Samples.refreshingKeys());
    private final HmacVerifier timelessVerifier = HmacVerifier.create(HmacFormat.HEX, Samples.fixedKeys());
    private final Mac mac = newMac();
    private final com.google.crypto.tink.Mac tinkMac = HmacHexSign.newTinkMac(secret);
    private final HmacUtils codecHmac = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret);

    /** With keys that refresh. */
    @Benchmark
    public VerifiedIdentity countersign() throws VerificationException {
        int i = next();
        return verifier.verifyUser(ids[i], proofs[i], Samples.KEY_ID);
    }

    /** What remains when no clock is read: a ring that never changes. */
    @Benchmark
    public VerifiedIdentity countersignTimeless() throws VerificationException {
        int i = next();
        return timelessVerifier.verifyUser(ids[i], proofs[i], Samples.KEY_ID);
    }

    @Benchmark
    public String limit() {
        int i = next();
        return require(
                MessageDigest.isEqual(TwoDigests.unhex(proofs[i]), twoDigests.mac(ids[i].getBytes(UTF_8))), ids[i]);
    }

    @Benchmark
    public String macReused() {
        int i = next();
        byte[] proof = HexFormat.of().parseHex(proofs[i]);
        return require(MessageDigest.isEqual(proof, mac.doFinal(ids[i].getBytes(UTF_8))), ids[i]);
    }

    @Benchmark
    public String tink() throws GeneralSecurityException {
        int i = next();
        tinkMac.verifyMac(HexFormat.of().parseHex(proofs[i]), ids[i].getBytes(UTF_8));
        return ids[i];
    }

    @Benchmark
    public String commonsCodec() throws DecoderException {
        int i = next();
        return require(MessageDigest.isEqual(Hex.decodeHex(proofs[i]), codecHmac.hmac(ids[i])), ids[i]);
    }

    private Mac newMac() {
        try {
            Mac fresh = Mac.getInstance("HmacSHA256");
            fresh.init(new SecretKeySpec(secret, "HmacSHA256"));
            return fresh;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String require(boolean genuine, String id) {
        if (!genuine) {
            throw new IllegalStateException("refused: " + id);
        }
        return id;
    }

    private int next() {
        return at++ & (Samples.COUNT - 1);
    }
}
