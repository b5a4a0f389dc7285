package dev.countersign.samples.backends.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Ring files and signatures, written and computed without the SDK. */
final class Ring {
    private Ring() {}

    static Map<String, String> key(String id, String status, String secret) {
        return Map.of("id", id, "status", status, "secret", secret);
    }

    /** Replaces the file as a whole, as an operator's tool does. */
    @SafeVarargs
    static void write(Path file, int version, Map<String, String>... keys) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Map<String, String> key : keys) {
            texts.add(Json.text(key));
        }
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, "{\"version\":" + version + ",\"keys\":[" + String.join(",", texts) + "]}");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static byte[] hmacSha256(String secret, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(message.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
