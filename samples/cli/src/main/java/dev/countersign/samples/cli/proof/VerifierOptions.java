package dev.countersign.samples.cli.proof;

import dev.countersign.samples.cli.input.DurationConverter;
import dev.countersign.samples.cli.input.Identity;
import dev.countersign.samples.cli.input.IdentityOptions;
import dev.countersign.samples.cli.input.InstantConverter;
import dev.countersign.samples.cli.input.KeyOptions;
import dev.countersign.samples.cli.output.Failure;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the environment verifies. */
final class VerifierOptions {
    @Mixin
    private final FormOption form = new FormOption();

    @Mixin
    private final KeyOptions keys = new KeyOptions();

    @Mixin
    private final IdentityOptions identity = new IdentityOptions();

    @Option(names = "--any-audience", description = "Take a JWT for any environment, such as Pendo's.")
    private boolean anyAudience;

    @Option(
            names = "--leeway",
            paramLabel = "<duration>",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description =
                    "How far the clocks of a JWT's signer and verifier may be apart: ${DEFAULT-VALUE} unless given.")
    private Duration leeway = Duration.ofSeconds(60);

    @Option(
            names = "--at",
            paramLabel = "<time>",
            converter = InstantConverter.class,
            description = "The time to judge a JWT's expiry at: now unless given.")
    private @Nullable Instant at;

    Identity identity() {
        return identity.read(keys.keyId());
    }

    KeyRing ring() throws IOException {
        return keys.ring();
    }

    KeyRing groupRing(KeyRing userRing) throws IOException {
        return keys.groupRing(userRing);
    }

    /** The HMAC's spelling; null for a JWT. */
    @Nullable
    HmacFormat format() {
        HmacFormat format = form.format();
        if (format == null && anyAudience == (form.audience() != null)) {
            throw Failure.usage("--form jwt wants --audience or --any-audience, one of the two");
        }
        return format;
    }

    /** The environment's verifier of HMACs. */
    static HmacVerifier hmacVerifier(HmacFormat format, KeyRing userRing, KeyRing groupRing) {
        return HmacVerifier.create(format, KeySource.of(userRing), KeySource.of(groupRing));
    }

    /** The environment's verifier of JWTs, on these keys. */
    JwtVerifier jwtVerifier(KeySource source) {
        JwtVerifier.Builder builder = JwtVerifier.builder(source)
                .leeway(leeway)
                .clock(at == null ? Clock.systemUTC() : Clock.fixed(at, ZoneOffset.UTC));
        String audience = form.audience();
        return (audience == null ? builder.anyAudience() : builder.audience(audience)).build();
    }
}
