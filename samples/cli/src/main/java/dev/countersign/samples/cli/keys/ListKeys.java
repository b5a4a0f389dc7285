package dev.countersign.samples.cli.keys;

import dev.countersign.samples.cli.input.RingOption;
import dev.countersign.samples.cli.output.Answer;
import dev.countersign.samples.cli.output.AnsweringCommand;
import dev.countersign.samples.cli.ring.RingFile;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code countersign keys list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the ring's keys, revoked ones included, and the next step of a rotation.")
final class ListKeys extends AnsweringCommand {
    @Mixin
    private final RingOption ring = new RingOption();

    @Override
    protected Answer answer() throws IOException {
        RingFile file = RingFile.at(ring.file());
        KeyRing keys = file.read();
        Answer answer = new Answer()
                .line("ring version " + keys.version() + ", "
                        + keys.activeKeys().size() + " of " + KeyRing.MAX_ACTIVE_KEYS + " keys active")
                .member("ringVersion", keys.version())
                .member("keys", keys.keys().stream().map(ListKeys::json).toList());
        int width =
                keys.keys().stream().mapToInt(key -> key.id().length()).max().orElse(1);
        for (SigningKey key : keys.keys()) {
            answer.line(String.format("  %-" + width + "s  %-8s  %s", key.id(), status(key), uses(key))
                    .stripTrailing());
        }

        String problem = file.modeProblem();
        return Advice.addTo(problem == null ? answer : answer.note(problem), keys);
    }

    private static String status(SigningKey key) {
        return key.status().name().toLowerCase(Locale.ROOT);
    }

    private static String uses(SigningKey key) {
        return key.status().signs() ? "signs, verifies" : key.status().verifies() ? "verifies" : "is refused";
    }

    private static Map<String, Object> json(SigningKey key) {
        return new TreeMap<>(Map.of("id", key.id(), "status", key.status().name()));
    }
}
