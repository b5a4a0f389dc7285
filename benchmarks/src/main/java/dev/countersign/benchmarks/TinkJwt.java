package dev.countersign.benchmarks;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.jwt.JwtHmacKey;
import com.google.crypto.tink.jwt.JwtHmacParameters;
import com.google.crypto.tink.jwt.JwtMac;
import com.google.crypto.tink.jwt.JwtMacConfig;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;

/** Tink's way to a token's MAC: a keyset of one key. */
final class TinkJwt {
    private TinkJwt() {}

    @AccessesPartialKey
    static JwtMac newMac(byte[] secret) {
        try {
            JwtMacConfig.register();
            JwtHmacKey key = JwtHmacKey.builder()
                    .setParameters(JwtHmacParameters.builder()
                            .setKeySizeBytes(secret.length)
                            .setAlgorithm(JwtHmacParameters.Algorithm.HS256)
                            .setKidStrategy(JwtHmacParameters.KidStrategy.CUSTOM)
                            .build())
                    .setKeyBytes(SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()))
                    .setCustomKid(Samples.KEY_ID)
                    .build();
            return KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
                    .build()
                    .getPrimitive(RegistryConfiguration.get(), JwtMac.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
