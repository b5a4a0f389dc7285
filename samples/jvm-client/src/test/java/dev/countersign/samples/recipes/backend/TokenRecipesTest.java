package dev.countersign.samples.recipes.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.key.KeySource;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tokens of the recipes as Nimbus reads them. */
class TokenRecipesTest {
    /** Looks like the ones that Pendo issues; its UTF-8 is the key. */
    private static final String SECRET = "0f8fad5b-d9cd-469f-a165-70867728950e";

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_795_239_420), ZoneOffset.UTC);

    private final KeySource keys = SignatureRecipesTest.keys(SECRET);

    @Test
    @Tag("R1")
    @Tag("T9")
    void pendosMetadata_isVisitorAccountAndNonceAndNothingElse() throws Exception {
        SignedProof proof = PendoSignedMetadata.ofUser(keys, "u_123", "acme");
        Map<String, Object> claims = verified(proof.value()).getJWTClaimsSet().getClaims();
        assertEquals("k1", proof.keyId());
        assertEquals(Set.of("nonce", "visitor", "account"), claims.keySet());
        assertEquals(Map.of("id", "u_123", "role", "admin"), claims.get("visitor"));
        assertEquals(Map.of("id", "acme", "planLevel", "enterprise"), claims.get("account"));
        assertTrue(String.valueOf(claims.get("nonce")).length() >= 16);
    }

    @Test
    void pendosAnonymousVisitor_hasNoId() throws Exception {
        Map<String, Object> claims = verified(
                        PendoSignedMetadata.ofAnonymous(keys).value())
                .getJWTClaimsSet()
                .getClaims();
        assertEquals(Map.of(), claims.get("visitor"));
        assertTrue(claims.containsKey("nonce"));
    }

    @Test
    void intercomsToken_bindsIdAndAddress() throws Exception {
        SignedJWT token = verified(IntercomUserJwt.userJwt(keys, "1234", "sam@acme.co"));
        assertEquals(
                Map.of("user_id", "1234", "email", "sam@acme.co"),
                token.getJWTClaimsSet().getClaims());
        assertNull(token.getHeader().getKeyID());
    }

    @Test
    void cannysToken_carriesNamesWithQuotesUnharmed() throws Exception {
        String name = "Sam \"}, \"id\":\"u_456\" é \u2028";
        SignedJWT token =
                verified(CannySsoToken.ssoToken(keys, "u_123", "sam@acme.co", name, "https://acme.co/sam.png"));
        assertEquals(
                Map.of("id", "u_123", "email", "sam@acme.co", "name", name, "avatarURL", "https://acme.co/sam.png"),
                token.getJWTClaimsSet().getClaims());
    }

    @Test
    void streamsToken_isIssuedFiveSecondsAgo() throws Exception {
        Map<String, Object> payload = verified(StreamUserToken.userToken(keys, "u_123", CLOCK))
                .getPayload()
                .toJSONObject();
        assertEquals(Map.of("user_id", "u_123", "iat", 1_795_239_415L, "exp", 1_795_243_020L), payload);
    }

    @Test
    void zendesksToken_namesItsKeyAndTheIdAsText() throws Exception {
        SignedJWT token = verified(ZendeskMessagingJwt.jwt(keys, "1234", CLOCK));
        assertEquals("k1", token.getHeader().getKeyID());
        assertEquals(
                Map.of("scope", "user", "external_id", "1234", "exp", 1_795_243_020L),
                token.getPayload().toJSONObject());
    }

    private static SignedJWT verified(String jwt) throws ParseException, JOSEException {
        SignedJWT token = SignedJWT.parse(jwt);
        assertTrue(token.verify(new MACVerifier(SECRET.getBytes(UTF_8))));
        assertFalse(token.verify(new MACVerifier("another secret of thirty-two byte".getBytes(UTF_8))));
        assertEquals("HS256", token.getHeader().getAlgorithm().getName());
        return token;
    }
}
