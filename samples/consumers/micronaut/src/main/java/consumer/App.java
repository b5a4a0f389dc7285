package consumer;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Hands out a proof over HTTP, asks itself for it, verifies it, and ends. */
@Factory
public class App {

    @Singleton
    KeySource keys() {
        return KeySource.of(KeyRing.of(
                1, List.of(SigningKey.of("2026-11", Secret.of(Secret.generateText()), KeyStatus.PRIMARY))));
    }

    @Bean
    HmacSigner signer(KeySource keys) {
        return HmacSigner.create(HmacFormat.BASE64, keys);
    }

    /** The endpoint. */
    @Controller
    public static class Identity {
        private final HmacSigner signer;

        Identity(HmacSigner signer) {
            this.signer = signer;
        }

        @Get(value = "/identity", produces = MediaType.TEXT_PLAIN)
        String identity() {
            return signer.signUser("u_123").value();
        }
    }

    public static void main(String[] args) throws Exception {
        try (ApplicationContext context = Micronaut.run(App.class, args)) {
            var address = context.getBean(EmbeddedServer.class).getURI().resolve("/identity");
            String proof = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
            HmacVerifier.create(HmacFormat.BASE64, context.getBean(KeySource.class))
                    .verifyUser("u_123", proof, null);
        }
        System.out.println("CONSUMER OK micronaut");
        System.exit(0);
    }
}
