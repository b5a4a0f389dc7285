package dev.countersign.samples.cli.proof;

import dev.countersign.samples.cli.input.Identity;
import dev.countersign.samples.cli.output.Answer;
import dev.countersign.samples.cli.output.AnsweringCommand;
import dev.countersign.samples.cli.output.ExitCode;
import dev.countersign.server.diagnosis.Diagnosis;
import dev.countersign.server.diagnosis.Diagnosis.Cause;
import dev.countersign.server.diagnosis.ProofDiagnosis;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRingFile;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countersign diagnose}. */
@Command(
        name = "diagnose",
        mixinStandardHelpOptions = true,
        description = {
            "Says why a proof is refused: which mistake of a recipe, which former or foreign key made it.",
            "For the environment's administrators only: the answer would help a forger.",
            "Exits with 0 when all proofs are valid and with 1 when one is refused."
        })
public final class DiagnoseCommand extends AnsweringCommand {
    @Mixin
    private final VerifierOptions options = new VerifierOptions();

    @Option(
            names = "--former-ring",
            paramLabel = "<file>",
            description = "A copy of the ring from before a key was revoked: knows that key's proofs. May be repeated.")
    private List<Path> formerRings = new ArrayList<>();

    @Option(
            names = "--other-ring",
            paramLabel = "<environment>=<file>",
            description = "The ring of another environment, whose proof this may be. May be repeated.")
    private Map<String, Path> otherRings = new LinkedHashMap<>();

    @Option(
            names = "--email",
            paramLabel = "<address>",
            description = "The user's e-mail address, which is at times signed in place of the id.")
    private @Nullable String email;

    @Override
    protected Answer answer() throws IOException {
        boolean isJwt = options.format() == null;
        Identity identity = options.identity();
        KeyRing ring = options.ring();
        KeyRing groupRing = options.groupRing(ring);
        Answer answer = new Answer();
        List<Map<String, @Nullable Object>> proofs = new ArrayList<>();
        boolean valid = true;
        for (Claim claim : Claim.of(identity, isJwt)) {
            String keyId = identity.signingKeyName();
            Verification verification = Verification.of(claim, options, ring, groupRing, keyId);
            KeyRing own = claim.isOfGroup() ? groupRing : ring;
            Diagnosis diagnosis = diagnosis(verification, own, keyId);
            Map<String, @Nullable Object> proof = verification.json();
            proof.put("cause", diagnosis.cause().name());
            proof.put("advice", diagnosis.advice());
            proofs.add(proof);
            answer.line(verification.line());
            if (!verification.isValid()) {
                valid = false;
                answer.line("  " + diagnosis.cause() + ": " + diagnosis.advice());
                hint(answer, own, diagnosis);
            }
        }
        return answer.exitCode(valid ? ExitCode.OK : ExitCode.NO)
                .member("valid", valid)
                .member("proofs", proofs);
    }

    private Diagnosis diagnosis(Verification verification, KeyRing ring, @Nullable String keyId) throws IOException {
        ProofDiagnosis expert = expert(ring);
        Claim claim = verification.claim();
        HmacFormat format = options.format();
        Diagnosis diagnosis = format == null
                ? expert.ofJwt(options::jwtVerifier, claim.proof(), keyId)
                : expert.ofHmac(format, String.valueOf(claim.id()), claim.proof(), keyId);
        // A genuine token about somebody else is fine by itself; the claim is what it fails.
        return diagnosis.cause() == Cause.VALID && verification.refused() != null
                ? new Diagnosis(
                        Cause.CLAIMS,
                        verification.refused().reason() + ": "
                                + verification.refused().getMessage() + ".")
                : diagnosis;
    }

    private ProofDiagnosis expert(KeyRing ring) throws IOException {
        ProofDiagnosis.Builder expert = ProofDiagnosis.builder(ring);
        for (Path former : formerRings) {
            for (SigningKey key : KeyRingFile.read(former).activeKeys()) {
                SigningKey now = ring.find(key.id());
                if (now != null && now.status() == KeyStatus.REVOKED) {
                    expert.revokedSecret(key.id(), key.secret());
                }
            }
        }
        for (Map.Entry<String, Path> other : otherRings.entrySet()) {
            expert.otherEnvironment(other.getKey(), KeyRingFile.read(other.getValue()));
        }
        if (email != null) {
            expert.email(email);
        }
        return expert.build();
    }

    private void hint(Answer answer, KeyRing ring, Diagnosis diagnosis) {
        boolean unexplained = diagnosis.cause() == Cause.UNKNOWN || diagnosis.cause() == Cause.KEY_NAME_UNKNOWN;
        boolean hasRevoked = ring.keys().size() > ring.activeKeys().size();
        if (unexplained && hasRevoked && formerRings.isEmpty()) {
            answer.note("hint: the ring has revoked keys and no longer their secrets; --former-ring, a copy from before"
                    + " the revoke, recognises their proofs");
        }
    }
}
