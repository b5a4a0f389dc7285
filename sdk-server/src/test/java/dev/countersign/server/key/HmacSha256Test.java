package dev.countersign.server.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.squareup.moshi.Moshi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HmacSha256Test {
    private static final HexFormat HEX = HexFormat.of();

    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> rfc4231() throws Exception {
        String json = Files.readString(Path.of("..", "docs", "vectors", "identity-vectors.json"));
        Map<String, Object> vectors = (Map<String, Object>)
                new Moshi.Builder().build().adapter(Object.class).fromJson(json);
        return ((List<Map<String, String>>) vectors.get("rfc4231"))
                .stream()
                        .map(v -> DynamicTest.dynamicTest(v.get("case"), () -> {
                            byte[] key = HEX.parseHex(v.get("keyHex"));
                            byte[] data = HEX.parseHex(v.get("dataHex"));
                            assertEquals(
                                    v.get("macHex"),
                                    HEX.formatHex(HmacSha256.of(key).mac(data)));
                            assertEquals(
                                    v.get("macHex"),
                                    HEX.formatHex(new HmacSha256(key, new NotCloneable()).mac(data)),
                                    "without clones");
                        }));
    }

    /** RFC 7515 appendix A.1: header, payload, key and signature as published. */
    @Test
    void rfc7515A1() {
        byte[] key = Base64.getUrlDecoder()
                .decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
        String signed = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        assertArrayEquals(
                Base64.getUrlDecoder().decode("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
                HmacSha256.of(key).mac(signed.getBytes(US_ASCII)));
    }

    @Test
    void aMessageInALongerArray_hasTheMacOfItsBytesAlone() throws Exception {
        byte[] key = "0123456789abcdef".getBytes(US_ASCII);
        byte[] longer = "signed.rest".getBytes(US_ASCII);
        byte[] expected = HmacSha256.of(key).mac("signed".getBytes(US_ASCII));
        assertArrayEquals(expected, HmacSha256.of(key).mac(longer, 6));
        assertArrayEquals(expected, new HmacSha256(key, new NotCloneable()).mac(longer, 6), "without clones");
    }

    /** A provider's digest that cannot be cloned. */
    private static final class NotCloneable extends MessageDigest {
        private final MessageDigest sha256;

        NotCloneable() throws Exception {
            super("SHA-256");
            sha256 = MessageDigest.getInstance("SHA-256");
        }

        @Override
        protected void engineUpdate(byte input) {
            sha256.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            sha256.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            return sha256.digest();
        }

        @Override
        protected void engineReset() {
            sha256.reset();
        }
    }
}
