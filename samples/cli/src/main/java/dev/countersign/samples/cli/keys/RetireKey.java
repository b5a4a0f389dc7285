package dev.countersign.samples.cli.keys;

import dev.countersign.samples.cli.output.Answer;
import dev.countersign.samples.cli.output.AnsweringCommand;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRotation;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code countersign keys retire}. */
@Command(
        name = "retire",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a pending key retiring: its proofs verify on, and it is not meant to sign.",
            "A primary retires when another key is promoted."
        })
final class RetireKey extends AnsweringCommand {
    @Parameters(paramLabel = "<id>", description = "The key's id.")
    private String id = "";

    @Mixin
    private final RingChange ring = new RingChange();

    @Override
    protected Answer answer() throws IOException {
        KeyRing changed = ring.make(now -> KeyRotation.retire(now, id));
        return Advice.addTo(RingChange.answer(changed, id), changed);
    }
}
