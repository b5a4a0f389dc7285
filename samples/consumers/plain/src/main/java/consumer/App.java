package consumer;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.client.Countersign;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Back end, app and platform in one process: signs, sends and verifies. */
public final class App {
    public static void main(String[] args) throws Exception {
        for (String tested : args) {
            if (!System.getProperty("java.class.path").contains(File.separator + tested)) {
                throw new IllegalStateException("not " + tested + ": " + System.getProperty("java.class.path"));
            }
        }
        KeySource keys = KeySource.of(KeyRing.of(
                1, List.of(SigningKey.of("2026-11", Secret.of(Secret.generateText()), KeyStatus.PRIMARY))));
        String proof = HmacSigner.create(HmacFormat.HMAC_V1, keys).signUser("u_123").value();
        HmacVerifier verifier = HmacVerifier.create(HmacFormat.HMAC_V1, keys);
        String[] verified = {null};

        HttpServer platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.createContext("/", exchange -> {
            String body = new String(new GZIPInputStream(exchange.getRequestBody()).readAllBytes(), "UTF-8");
            try {
                verified[0] = verifier.verifyUser(member(body, "userId"), member(body, "identityToken"), null)
                        .userId();
            } catch (Exception e) {
                verified[0] = e.toString();
            }
            byte[] answer = "{\"success\":true,\"accepted\":2,\"duplicates\":0,\"rejected\":[]}".getBytes("UTF-8");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        platform.start();

        Countersign countersign = Countersign.builder("pk_consumer")
                .endpoint("http://127.0.0.1:" + platform.getAddress().getPort())
                .memoryQueue()
                .build();
        countersign.identify("u_123", Attributes.of("plan", "pro"), IdentityProof.token(proof));
        countersign.track("Invoice Paid", Attributes.of("amount", 42.5));
        boolean delivered = countersign.flush(30, TimeUnit.SECONDS);
        countersign.close(5, TimeUnit.SECONDS);
        platform.stop(0);
        if (!delivered || !"u_123".equals(verified[0])) {
            throw new IllegalStateException("delivered " + delivered + ", verified " + verified[0]);
        }
        System.out.println("CONSUMER OK plain");
    }

    private static String member(String json, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        return member.find() ? member.group(1) : "";
    }
}
