package dev.countersign.samples.cli.proof;

import dev.countersign.samples.cli.input.DurationConverter;
import dev.countersign.samples.cli.input.KeyOptions;
import dev.countersign.samples.cli.input.SubjectOptions;
import dev.countersign.samples.cli.output.Answer;
import dev.countersign.samples.cli.output.AnsweringCommand;
import dev.countersign.samples.cli.output.Failure;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.jwt.IdentityClaims;
import dev.countersign.server.jwt.JwtSigner;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countersign sign}. */
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the proof of an id, made with the ring's primary key.",
            "With --json: what a back end's /identity answers."
        })
public final class SignCommand extends AnsweringCommand {
    @Mixin
    private final FormOption form = new FormOption();

    @Mixin
    private final SubjectOptions subject = new SubjectOptions();

    @Mixin
    private final KeyOptions keys = new KeyOptions();

    @Option(
            names = "--lifetime",
            paramLabel = "<duration>",
            converter = DurationConverter.class,
            description = "When the app fetches a new proof: 15m for an HMAC, 1h for a JWT unless given.")
    private @Nullable Duration lifetime;

    @Option(
            names = "--metadata-only",
            description = "A JWT of visitor, account and nonce alone, as Pendo's signed metadata.")
    private boolean metadataOnly;

    @Override
    protected Answer answer() throws IOException {
        if (keys.hasRing() && keys.keyId() != null) {
            throw Failure.usage("--key-id is given; a ring signs with its primary, and with no other key");
        }
        HmacFormat format = form.format();
        return format == null ? jwt() : hmac(format);
    }

    private Answer hmac(HmacFormat format) throws IOException {
        if (metadataOnly) {
            throw Failure.usage("--metadata-only is given for an HMAC form; it goes with --form jwt");
        }
        KeyRing ring = keys.ring();
        HmacSigner.Builder builder =
                HmacSigner.builder(format, KeySource.of(ring)).groupKeys(KeySource.of(keys.groupRing(ring)));
        if (lifetime != null) {
            builder.expiresAfter(lifetime);
        }
        HmacSigner signer = builder.build();
        String user = subject.user();
        String group = subject.group();
        SignedProof userProof = user == null ? null : signer.signUser(user);
        SignedProof groupProof = group == null ? null : signer.signGroup(group);
        if (userProof == null && groupProof == null) {
            throw Failure.usage("nobody is named; use --user, --group or both");
        }
        return answer(user, userProof, group, groupProof);
    }

    private Answer jwt() throws IOException {
        String user = subject.user();
        String group = subject.group();
        JwtSigner.Builder builder = JwtSigner.builder(KeySource.of(keys.ring()));
        if (metadataOnly) {
            builder.metadataOnly();
        }
        if (form.audience() != null) {
            builder.audience(form.audience());
        }
        if (lifetime != null) {
            builder.expiresAfter(lifetime);
        }
        IdentityClaims.Builder claims = user == null ? IdentityClaims.anonymous() : IdentityClaims.user(user);
        if (group != null) {
            claims.account(group);
        }
        return answer(user, builder.build().sign(claims.build()), group, null);
    }

    private static Answer answer(
            @Nullable String user,
            @Nullable SignedProof userProof,
            @Nullable String group,
            @Nullable SignedProof groupProof) {
        Answer answer = new Answer();
        add(answer, "userId", user, "identityToken", userProof);
        add(answer, "groupId", group, "groupToken", groupProof);
        SignedProof proof = userProof == null ? groupProof : userProof;
        if (proof == null) {
            throw new IllegalStateException("nothing was signed");
        }
        boolean oneKey = groupProof == null || groupProof.keyId().equals(proof.keyId());
        return answer.member("signingKeyName", oneKey ? proof.keyId() : null)
                .member("expiresAt", proof.expiresAt().toString());
    }

    private static void add(
            Answer answer, String idName, @Nullable String id, String proofName, @Nullable SignedProof proof) {
        if (id != null) {
            answer.member(idName, id);
        }
        if (proof != null) {
            answer.member(proofName, proof.value()).line(proof.value());
            answer.note(proofName + " signed with key " + proof.keyId());
        }
    }
}
