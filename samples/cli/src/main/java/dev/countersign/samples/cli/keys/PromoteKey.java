package dev.countersign.samples.cli.keys;

import dev.countersign.samples.cli.output.Answer;
import dev.countersign.samples.cli.output.AnsweringCommand;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRotation;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code countersign keys promote}. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a pending or retiring key the primary; the former primary becomes retiring.",
            "Every verifier and back end must hold the key before. Promoting the former one is the way back."
        })
final class PromoteKey extends AnsweringCommand {
    @Parameters(paramLabel = "<id>", description = "The key's id.")
    private String id = "";

    @Mixin
    private final RingChange ring = new RingChange();

    @Override
    protected Answer answer() throws IOException {
        KeyRing changed = ring.make(now -> KeyRotation.promote(now, id));
        return Advice.addTo(RingChange.answer(changed, id), changed);
    }
}
