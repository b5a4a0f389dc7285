package dev.countersign.samples.cli.keys;

import dev.countersign.samples.cli.input.KeyIds;
import dev.countersign.samples.cli.input.SecretOptions;
import dev.countersign.samples.cli.output.Answer;
import dev.countersign.samples.cli.output.AnsweringCommand;
import dev.countersign.samples.cli.output.Failure;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRotation;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code countersign keys new}. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = {
            "Adds a key: pending, so it verifies and does not sign yet.",
            "Its secret is generated unless one is given, and goes into the ring file only."
        })
final class NewKey extends AnsweringCommand {
    @Parameters(paramLabel = "<id>", description = "The key's id, such as 2026-11: public, and never used again.")
    private String id = "";

    @Mixin
    private final RingChange ring = new RingChange();

    @Mixin
    private final SecretOptions given = new SecretOptions();

    @Option(names = "--create-ring", description = "Make the ring file, with this key as its primary.")
    private boolean createRing;

    @Option(names = "--show-secret", description = "Print the generated secret, once: it is not shown again.")
    private boolean showSecret;

    @Override
    protected Answer answer() throws IOException {
        KeyIds.require("the key's id", id);
        if (showSecret && given.isGiven()) {
            throw Failure.usage("--show-secret shows a generated secret; this one was given");
        }
        String generated = Secret.generateText();
        Secret secret = given.isGiven() ? given.read() : Secret.of(generated);
        KeyRing changed = createRing ? create(secret) : ring.make(now -> KeyRotation.add(now, id, secret));
        Answer answer = RingChange.answer(changed, id);
        if (showSecret) {
            answer.line("secret: " + generated).member("secret", generated);
        }
        return Advice.addTo(answer, changed);
    }

    private KeyRing create(Secret secret) throws IOException {
        // A first key has nothing to overlap with.
        return ring.file().create(KeyRing.of(1, List.of(SigningKey.of(id, secret, KeyStatus.PRIMARY))));
    }
}
