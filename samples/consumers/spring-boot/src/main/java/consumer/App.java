package consumer;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hands out a proof over HTTP, asks itself for it, verifies it, and ends. */
@SpringBootApplication
@RestController
public class App {
    private final HmacSigner signer;

    public App(HmacSigner signer) {
        this.signer = signer;
    }

    @GetMapping("/identity")
    String identity() {
        return signer.signUser("u_123").value();
    }

    @Configuration
    static class Keys {
        @Bean
        KeySource keys() {
            return KeySource.of(KeyRing.of(
                    1, List.of(SigningKey.of("2026-11", Secret.of(Secret.generateText()), KeyStatus.PRIMARY))));
        }

        @Bean
        HmacSigner signer(KeySource keys) {
            return HmacSigner.create(HmacFormat.HEX, keys);
        }
    }

    public static void main(String[] args) throws Exception {
        try (ConfigurableApplicationContext context = SpringApplication.run(App.class, args)) {
            String port = context.getEnvironment().getProperty("local.server.port");
            String proof = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/identity")).build(),
                            BodyHandlers.ofString())
                    .body();
            HmacVerifier.create(HmacFormat.HEX, context.getBean(KeySource.class)).verifyUser("u_123", proof, null);
        }
        System.out.println("CONSUMER OK spring-boot");
    }
}
