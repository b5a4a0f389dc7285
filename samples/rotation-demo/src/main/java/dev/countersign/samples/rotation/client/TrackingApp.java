package dev.countersign.samples.rotation.client;

import dev.countersign.client.Countersign;
import dev.countersign.client.event.Attributes;
import dev.countersign.samples.rotation.account.ClientAccount;
import dev.countersign.samples.rotation.client.ClientSettings.Login;
import dev.countersign.samples.rotation.ledger.TrackLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An app as its developer would write it, plus a ledger of its own. Confined to one thread. */
final class TrackingApp {

    private static final int FINISH_SECONDS = 60;
    private static final int FLUSH_SECONDS = 5;

    private final ClientSettings settings;
    private final BackEndSession backEnd;
    private final TrackLedger ledger;
    private final Tally tally = new Tally();
    private final Countersign countersign;
    private int logins;
    private long tracked;

    TrackingApp(ClientSettings settings) throws IOException {
        this.settings = settings;
        this.backEnd = new BackEndSession(settings.backEndUrl(), settings.environment());
        this.ledger = TrackLedger.create(Path.of(settings.ledger()));
        this.countersign = Countersign.builder(settings.apiKey())
                .endpoint(settings.collectorUrl())
                .directory(Path.of(settings.ledger() + ".queue").toFile())
                .proofProvider(request -> backEnd.proof())
                .flushEvery(1, TimeUnit.SECONDS)
                .callTimeout(settings.callTimeoutMillis(), TimeUnit.MILLISECONDS)
                .callbackExecutor(Runnable::run)
                .listener(tally)
                .build();
    }

    /** Logs the next user in, at the back end first: the SDK asks it for the proof. */
    void logIn() throws IOException, InterruptedException {
        logins++;
        backEnd.logIn(user());
        countersign.identify(user().userId());
        countersign.group(user().groupId());
    }

    /** The user logs out, and the next one in. Events that still wait go with the proof of the user who made them. */
    void switchUser() throws IOException, InterruptedException {
        countersign.clearSession();
        backEnd.logOut();
        logIn();
    }

    /** Tracks one event, then notes it in the ledger. */
    void track() throws IOException {
        countersign.track("Work Done", Attributes.of("client", settings.name(), "n", tracked + 1));
        tracked++;
        ledger.append(tracked, user().userId());
    }

    /** Sends what waits, as an app does when its network is back. */
    void flush() {
        countersign.flush();
    }

    /** Sends all that waits, each user's events while that user is logged in, and ends. */
    void finish() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(FINISH_SECONDS);
        countersign.flush(FLUSH_SECONDS, TimeUnit.SECONDS);
        while (tally.waiting() > 0 && System.nanoTime() < deadline) {
            if (settings.logins().size() > 1) {
                switchUser();
            }
            countersign.flush(FLUSH_SECONDS, TimeUnit.SECONDS);
        }
        ClientAccount last = account();
        countersign.close(1, TimeUnit.SECONDS);
        ledger.close();
        ClientProcess.print(last);
    }

    /** The account so far. */
    ClientAccount account() {
        return tally.account(tracked);
    }

    private Login user() {
        return settings.logins().get((logins - 1) % settings.logins().size());
    }
}
