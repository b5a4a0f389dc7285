package dev.countersign.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.mac.HmacKey;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.subtle.PrfMac;
import com.google.crypto.tink.util.SecretBytes;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.identity.SignedProof;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An id of 36 characters to the hex of its HMAC-SHA256. */
@State(Scope.Thread)
public class HmacHexSign {
    private final String[] ids = Samples.ids();
    private final byte[] secret = Samples.secret();
    private final SecretKeySpec key = new SecretKeySpec(secret, "HmacSHA256");
    private int at;

    private final HmacSigner signer = HmacSigner.create(HmacFormat.HEX, Samples.refreshingKeys());
    private final HmacSigner timelessSigner = HmacSigner.builder(HmacFormat.HEX, Samples.fixedKeys())
            .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
            .build();
    private final TwoDigests twoDigests = new TwoDigests(secret);
    private final Mac mac = newMac();
    private final Mac paddedMac = newMac();
    private final com.google.crypto.tink.Mac tinkMac = newTinkMac(secret);
    private final HashFunction guavaHash = Hashing.hmacSha256(secret);
    private final HmacUtils codecHmac = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret);
    private final HMac bouncyMac = new HMac(new SHA256Digest());

    /** Everything reused. */
    public HmacHexSign() {
        bouncyMac.init(new KeyParameter(secret));
        // Takes the padded key in, so clones need not.
        paddedMac.update(new byte[0]);
    }

    /** With keys that refresh, and the system's clock. */
    @Benchmark
    public SignedProof countersign() {
        return signer.signUser(nextId());
    }

    /** What remains when no clock is read: a ring that never changes and a fixed clock. */
    @Benchmark
    public SignedProof countersignTimeless() {
        return timelessSigner.signUser(nextId());
    }

    @Benchmark
    public String limit() {
        return TwoDigests.hex(twoDigests.mac(nextId().getBytes(UTF_8)));
    }

    @Benchmark
    public String macClone() throws CloneNotSupportedException {
        return TwoDigests.hex(((Mac) paddedMac.clone()).doFinal(nextId().getBytes(UTF_8)));
    }

    @Benchmark
    public String macReused() {
        return TwoDigests.hex(mac.doFinal(nextId().getBytes(UTF_8)));
    }

    @Benchmark
    public String macEachTime() throws GeneralSecurityException {
        Mac fresh = Mac.getInstance("HmacSHA256");
        fresh.init(key);
        return TwoDigests.hex(fresh.doFinal(nextId().getBytes(UTF_8)));
    }

    @Benchmark
    public String tink() throws GeneralSecurityException {
        return TwoDigests.hex(tinkMac.computeMac(nextId().getBytes(UTF_8)));
    }

    @Benchmark
    public String guava() {
        return guavaHash.hashString(nextId(), UTF_8).toString();
    }

    @Benchmark
    public String commonsCodec() {
        return codecHmac.hmacHex(nextId());
    }

    @Benchmark
    public String bouncyCastle() {
        byte[] message = nextId().getBytes(UTF_8);
        byte[] out = new byte[32];
        bouncyMac.update(message, 0, message.length);
        bouncyMac.doFinal(out, 0);
        return TwoDigests.hex(out);
    }

    @AccessesPartialKey
    static com.google.crypto.tink.Mac newTinkMac(byte[] secret) {
        try {
            return PrfMac.create(HmacKey.builder()
                    .setParameters(HmacParameters.builder()
                            .setKeySizeBytes(secret.length)
                            .setTagSizeBytes(32)
                            .setHashType(HmacParameters.HashType.SHA256)
                            .setVariant(HmacParameters.Variant.NO_PREFIX)
                            .build())
                    .setKeyBytes(SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()))
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Mac newMac() {
        try {
            Mac fresh = Mac.getInstance("HmacSHA256");
            fresh.init(key);
            return fresh;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String nextId() {
        return ids[at++ & (Samples.COUNT - 1)];
    }
}
