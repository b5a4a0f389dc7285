package dev.countersign.samples.rotation.forger;

import dev.countersign.samples.rotation.account.ForgerAccount;
import dev.countersign.samples.rotation.process.Commands;
import dev.countersign.samples.rotation.process.Repeating;
import dev.countersign.samples.rotation.wire.Json;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The forger's process: {@code ForgerProcess <collector's URL> <targets as JSON>}. Sends without a pause until told to
 * {@code stop}; {@code key <form> <id>} tells it the newest key's name. Prints its account as JSON every second.
 */
public final class ForgerProcess {

    private static final long REQUEST_EVERY_MICROS = 60_000;

    private ForgerProcess() {}

    /** Runs until told to stop, or until the demo has gone. */
    public static void main(String[] args) throws Exception {
        List<ForgeryTarget> targets = new ArrayList<>();
        for (Map<String, Object> target : Json.objectsAt(Json.object(args[1]), "targets")) {
            targets.add(ForgeryTarget.fromJson(target));
        }
        Forger forger = new Forger(args[0], targets, new ForgersTools(new SecureRandom()));
        Repeating worker = new Repeating();
        worker.every(REQUEST_EVERY_MICROS, forger::sendNext);
        worker.every(1_000_000, () -> print(forger.account()));
        Commands.read(command -> {
            String[] words = command.split(" ", -1);
            if (words[0].equals("key")) {
                worker.once(() -> forger.learnKeyName(words[1], words[2]));
            }
            return !words[0].equals("stop");
        });
        worker.stop();
        print(forger.account());
    }

    private static void print(ForgerAccount account) {
        System.out.println(Json.text(account.toJson()));
    }
}
