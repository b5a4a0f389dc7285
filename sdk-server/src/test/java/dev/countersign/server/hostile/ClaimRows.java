package dev.countersign.server.hostile;

import static dev.countersign.server.hostile.TokenRow.payload;
import static dev.countersign.server.identity.RejectionReason.AUDIENCE_MISMATCH;
import static dev.countersign.server.identity.RejectionReason.EXPIRED;
import static dev.countersign.server.identity.RejectionReason.ID_NOT_STRING;
import static dev.countersign.server.identity.RejectionReason.MALFORMED;
import static dev.countersign.server.identity.RejectionReason.NONCE_MISSING;
import static dev.countersign.server.identity.RejectionReason.NOT_YET_VALID;
import static dev.countersign.server.identity.RejectionReason.SUBJECT_MISMATCH;

import dev.countersign.server.identity.RejectionReason;
import java.util.stream.Stream;

/** Genuinely signed tokens whose claims must still be refused. */
final class ClaimRows {
    private static final String EXP = "\"exp\":" + (Forge.SECOND + 3600);
    private static final String IAT = "\"iat\":" + Forge.SECOND;
    private static final String AUD = "\"aud\":\"env_test\"";
    private static final String NONCE = "\"nonce\":\"n1\"";
    private static final String SUB = "\"sub\":\"u_123\"";
    private static final String VISITOR = "\"visitor\":{\"id\":\"u_123\"}";
    private static final String ACCOUNT = "\"account\":{\"id\":\"acme\"}";

    private ClaimRows() {}

    static Stream<TokenRow> rows() {
        return Stream.of(times(), audiences(), nonces(), ids(), subjects(), duplicates())
                .flatMap(rows -> rows);
    }

    private static Stream<TokenRow> times() {
        long now = Forge.SECOND;
        return Stream.of(
                with("no exp beside an aud", EXP + ",", "", MALFORMED),
                with("exp a string", EXP, "\"exp\":\"" + (now + 3600) + "\"", MALFORMED),
                with("exp null", EXP, "\"exp\":null", MALFORMED),
                with("exp true", EXP, "\"exp\":true", MALFORMED),
                with("exp an array", EXP, "\"exp\":[" + (now + 3600) + "]", MALFORMED),
                with("exp 1e400", EXP, "\"exp\":1e400", MALFORMED),
                with("exp of 400 digits", EXP, "\"exp\":1" + "0".repeat(400), MALFORMED),
                with("exp the largest long", EXP, "\"exp\":" + Long.MAX_VALUE, MALFORMED),
                with("exp the smallest long", EXP, "\"exp\":" + Long.MIN_VALUE, MALFORMED),
                with("exp above the largest long", EXP, "\"exp\":18446744073709551616", MALFORMED),
                with("exp negative", EXP, "\"exp\":-1", MALFORMED),
                with("exp in milliseconds", EXP, "\"exp\":" + (now + 3600) * 1000, MALFORMED),
                with("exp in the year 10000", EXP, "\"exp\":253402300800", MALFORMED),
                with("exp NaN", EXP, "\"exp\":NaN", MALFORMED),
                with("exp twice", EXP, EXP + "," + EXP, MALFORMED),
                with("exp 60 s ago: the leeway is over", EXP, "\"exp\":" + (now - 60), EXPIRED),
                with("exp 0", EXP, "\"exp\":0", EXPIRED),
                with("exp -0", EXP, "\"exp\":-0", EXPIRED),
                with("exp 1e-400", EXP, "\"exp\":1e-400", EXPIRED),
                with("nbf in 61 s", NONCE, NONCE + ",\"nbf\":" + (now + 61), NOT_YET_VALID),
                with("nbf a string", NONCE, NONCE + ",\"nbf\":\"0\"", MALFORMED),
                with("nbf null", NONCE, NONCE + ",\"nbf\":null", MALFORMED),
                with("nbf in milliseconds", NONCE, NONCE + ",\"nbf\":" + now * 1000, MALFORMED),
                with("iat in 61 s", IAT, "\"iat\":" + (now + 61), NOT_YET_VALID),
                with("iat a string", IAT, "\"iat\":\"" + now + "\"", MALFORMED),
                with("iat negative", IAT, "\"iat\":-1", MALFORMED));
    }

    private static Stream<TokenRow> audiences() {
        return Stream.of(
                with("aud of another environment", AUD, "\"aud\":\"env_other\"", AUDIENCE_MISMATCH),
                with("no aud", AUD + ",", "", AUDIENCE_MISMATCH),
                with("aud null", AUD, "\"aud\":null", AUDIENCE_MISMATCH),
                with("aud empty", AUD, "\"aud\":\"\"", AUDIENCE_MISMATCH),
                with("aud in another case", AUD, "\"aud\":\"ENV_TEST\"", AUDIENCE_MISMATCH),
                with("aud with a space after it", AUD, "\"aud\":\"env_test \"", AUDIENCE_MISMATCH),
                with("aud that starts with ours", AUD, "\"aud\":\"env_test2\"", AUDIENCE_MISMATCH),
                with("aud a number", AUD, "\"aud\":1", AUDIENCE_MISMATCH),
                with("aud an object", AUD, "\"aud\":{\"env_test\":true}", AUDIENCE_MISMATCH),
                with("aud an empty array", AUD, "\"aud\":[]", AUDIENCE_MISMATCH),
                with("aud an array without ours", AUD, "\"aud\":[\"a\",\"b\"]", AUDIENCE_MISMATCH),
                with("aud ours beside a number", AUD, "\"aud\":[1,\"env_test\"]", AUDIENCE_MISMATCH),
                with("aud ours, nested", AUD, "\"aud\":[[\"env_test\"]]", AUDIENCE_MISMATCH));
    }

    private static Stream<TokenRow> nonces() {
        return Stream.of(
                with("no nonce", NONCE + ",", "", NONCE_MISSING),
                with(
                        "nonce inside the visitor",
                        NONCE + "," + VISITOR,
                        "\"visitor\":{\"id\":\"u_123\"," + NONCE + "}",
                        NONCE_MISSING),
                with(
                        "nonce inside the account",
                        NONCE + "," + VISITOR + "," + ACCOUNT,
                        VISITOR + ",\"account\":{\"id\":\"acme\"," + NONCE + "}",
                        NONCE_MISSING),
                with("nonce empty", NONCE, "\"nonce\":\"\"", NONCE_MISSING),
                with("nonce a number", NONCE, "\"nonce\":1", NONCE_MISSING),
                with("nonce null", NONCE, "\"nonce\":null", NONCE_MISSING),
                with("nonce an array", NONCE, "\"nonce\":[\"n1\"]", NONCE_MISSING),
                with("the name Nonce", NONCE, "\"Nonce\":\"n1\"", NONCE_MISSING));
    }

    private static Stream<TokenRow> ids() {
        String long257 = "\"" + "x".repeat(257) + "\"";
        return Stream.of(
                with("visitor.id a number", VISITOR, "\"visitor\":{\"id\":42}", ID_NOT_STRING),
                with("visitor.id null", VISITOR, "\"visitor\":{\"id\":null}", ID_NOT_STRING),
                with("visitor.id an array", VISITOR, "\"visitor\":{\"id\":[\"u_123\"]}", ID_NOT_STRING),
                with("visitor.id an object", VISITOR, "\"visitor\":{\"id\":{}}", ID_NOT_STRING),
                with("visitor.id false", VISITOR, "\"visitor\":{\"id\":false}", ID_NOT_STRING),
                with("visitor.id of 257 characters", VISITOR, "\"visitor\":{\"id\":" + long257 + "}", MALFORMED),
                with("visitor a string", VISITOR, "\"visitor\":\"u_123\"", MALFORMED),
                with("visitor an array", VISITOR, "\"visitor\":[{\"id\":\"u_123\"}]", MALFORMED),
                with("visitor null", VISITOR, "\"visitor\":null", MALFORMED),
                with("account.id a number", ACCOUNT, "\"account\":{\"id\":7}", ID_NOT_STRING),
                with("account.id null", ACCOUNT, "\"account\":{\"id\":null}", ID_NOT_STRING),
                with("account.id an array", ACCOUNT, "\"account\":{\"id\":[]}", ID_NOT_STRING),
                with("account.id of 257 characters", ACCOUNT, "\"account\":{\"id\":" + long257 + "}", MALFORMED),
                with("account an array", ACCOUNT, "\"account\":[]", MALFORMED),
                with("account null", ACCOUNT, "\"account\":null", MALFORMED),
                with("sub a number", SUB, "\"sub\":123", ID_NOT_STRING),
                with("sub null", SUB, "\"sub\":null", ID_NOT_STRING),
                with("sub an array", SUB, "\"sub\":[\"u_123\"]", ID_NOT_STRING),
                with("sub empty", SUB, "\"sub\":\"\"", MALFORMED),
                with("sub of 257 characters", SUB, "\"sub\":" + long257, MALFORMED));
    }

    private static Stream<TokenRow> subjects() {
        return Stream.of(
                with("sub another user than visitor.id", SUB, "\"sub\":\"u_124\"", SUBJECT_MISMATCH),
                with("sub in another case", SUB, "\"sub\":\"U_123\"", SUBJECT_MISMATCH),
                with("sub with a space", SUB, "\"sub\":\"u_123 \"", SUBJECT_MISMATCH),
                with("sub beside an anonymous visitor", VISITOR, "\"visitor\":{\"id\":\"\"}", SUBJECT_MISMATCH),
                payload(
                        "sub composed, visitor.id decomposed",
                        Forge.PAYLOAD
                                .replace(SUB, "\"sub\":\"\u00E9\"")
                                .replace(VISITOR, "\"visitor\":{\"id\":\"e\u0301\"}"),
                        SUBJECT_MISMATCH));
    }

    private static Stream<TokenRow> duplicates() {
        String admin = "\"visitor\":{\"id\":\"admin\"}";
        return Stream.of(
                with("visitor twice", VISITOR, VISITOR + "," + admin, MALFORMED),
                with("visitor twice, the same", VISITOR, VISITOR + "," + VISITOR, MALFORMED),
                with("visitor twice, once escaped", VISITOR, VISITOR + "," + admin.replace("v", "\\u0076"), MALFORMED),
                with("visitor.id twice", VISITOR, "\"visitor\":{\"id\":\"u_123\",\"id\":\"admin\"}", MALFORMED),
                with(
                        "visitor.id twice, once escaped",
                        VISITOR,
                        "\"visitor\":{\"\\u0069d\":\"admin\",\"id\":\"u_123\"}",
                        MALFORMED),
                with("a duplicate deep inside", VISITOR, VISITOR + ",\"x\":[{\"y\":{\"z\":1,\"z\":2}}]", MALFORMED),
                with("an empty name twice", VISITOR, VISITOR + ",\"\":1,\"\":2", MALFORMED),
                with("sub twice", SUB, SUB + ",\"sub\":\"admin\"", MALFORMED),
                with("aud twice", AUD, "\"aud\":\"env_other\"," + AUD, MALFORMED),
                with("nonce twice", NONCE, NONCE + ",\"nonc\\u0065\":\"n2\"", MALFORMED));
    }

    private static TokenRow with(String description, String member, String replacement, RejectionReason reason) {
        return payload(description, Forge.payloadWith(member, replacement), reason);
    }
}
