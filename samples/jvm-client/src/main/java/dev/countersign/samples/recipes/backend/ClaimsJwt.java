package dev.countersign.samples.recipes.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.SigningKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A JWT with the claims that a platform names, where those are not the ones that {@code JwtSigner} writes: HS256 with the
 * ring's primary key (RFC 7515, appendix A.1). The claims go through a JSON library, so a quote in a name breaks nothing.
 */
public final class ClaimsJwt {
    private static final JsonAdapter<Object> JSON = new Moshi.Builder().build().adapter(Object.class);

    private ClaimsJwt() {}

    /** A token whose header says {@code typ} and {@code alg}. */
    public static String sign(KeySource keys, Map<String, ?> claims) {
        return compact(keys.signingKey(), header(), claims);
    }

    /** The same with the key's id in the header, {@code kid}. */
    public static String signWithKid(KeySource keys, Map<String, ?> claims) {
        SigningKey key = keys.signingKey();
        Map<String, Object> header = header();
        header.put("kid", key.id());
        return compact(key, header, claims);
    }

    private static Map<String, Object> header() {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "JWT");
        header.put("alg", "HS256");
        return header;
    }

    private static String compact(SigningKey key, Map<String, ?> header, Map<String, ?> claims) {
        String signed = base64(JSON.toJson(header).getBytes(UTF_8)) + "."
                + base64(JSON.toJson(claims).getBytes(UTF_8));
        return signed + "." + base64(key.secret().hmacSha256(signed.getBytes(UTF_8)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
