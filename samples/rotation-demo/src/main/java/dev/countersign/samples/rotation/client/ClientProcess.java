package dev.countersign.samples.rotation.client;

import dev.countersign.samples.rotation.account.ClientAccount;
import dev.countersign.samples.rotation.process.Commands;
import dev.countersign.samples.rotation.process.Repeating;
import dev.countersign.samples.rotation.wire.Json;

/**
 * A client's process. Tracks at a steady rate until told to {@code stop}; {@code online} says that the network is back.
 * Prints its account as JSON every second, and once more at the end.
 */
public final class ClientProcess {

    /** Printed once the first user has logged in. */
    public static final String READY = "client is ready";

    private ClientProcess() {}

    /** Runs until told to stop, or until the demo has gone. */
    public static void main(String[] args) throws Exception {
        ClientSettings settings = ClientSettings.fromJson(Json.object(System.getenv(ClientSettings.VARIABLE)));
        TrackingApp app = new TrackingApp(settings);
        app.logIn();
        System.out.println(READY);
        Repeating worker = new Repeating();
        worker.every(1_000_000 / settings.eventsPerSecond(), app::track);
        worker.every(1_000_000, () -> print(app.account()));
        if (settings.turnMillis() > 0) {
            worker.every(settings.turnMillis() * 1_000, app::switchUser);
        }
        Commands.read(command -> {
            if (command.equals("online")) {
                worker.once(app::flush);
            }
            return !command.equals("stop");
        });
        worker.stop();
        app.finish();
        System.exit(0);
    }

    static void print(ClientAccount account) {
        System.out.println(Json.text(account.toJson()));
    }
}
