package dev.countersign.samples.kill;

import dev.countersign.client.Countersign;
import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.Diagnostics;
import dev.countersign.client.delivery.DropReason;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The app that is killed: its every call is in the ledger, before and after. */
final class App {
    /** Most events that its queue holds. */
    static final int MOST_EVENTS = 1500;

    private static final long MOST_BYTES = 1024 * 1024;
    private static final int CALLS_AT_A_TIME = 50;
    /** Where the network is up nothing is to be pushed out. */
    private static final int CROWDED = MOST_EVENTS / 2;

    private static final long CROWDED_BYTES = MOST_BYTES / 2;
    /** As long as what earlier processes left may be unread, it is not counted, and needs the room. */
    private static final long CROWDED_BYTES_AT_FIRST = MOST_BYTES / 20;

    /** Enough for an event in each of some seven files; all processes of an act together must leave room for others. */
    private static final int MOST_LATE_LOGINS = 10;

    /** A life without network makes no more: that is enough to push out the whole queue several times. */
    private static final int MOST_EVICTING_CALLS = 20_000;

    private final Script script;
    private final Ledger ledger = new Ledger();
    private final Countersign client;
    private long next;
    private int user;
    /** What earlier processes left is read before anything is sent. */
    private volatile boolean delivered;

    private App(Script script) {
        this.script = script;
        this.next = script.firstNumber();
        ledger.write(Ledger.Kind.STARTED, 0, 0);
        Executioner.watch(script.halt(), ledger);
        client = Countersign.builder(script.apiKey())
                .endpoint(script.url())
                .directory(new File(script.directory()))
                .maxQueuedEvents(MOST_EVENTS)
                .maxQueuedBytes(MOST_BYTES)
                .flushEvery(50, TimeUnit.MILLISECONDS)
                .callbackExecutor(Runnable::run)
                .listener(new Listener())
                .logger((level, message, cause) -> {})
                .build();
    }

    public static void main(String[] args) {
        haltWithParent();
        App app = new App(Script.fromEnvironment());
        app.awaitOpen();
        switch (app.script.job()) {
            case TRACK -> app.track();
            case FIVE_HUNDRED -> app.fiveHundredCalls();
            case DRAIN -> app.drain();
        }
    }

    /** What was called before survives only once the directory is open: that is what the client promises. */
    private void awaitOpen() {
        while (client.getAnonymousId() == null || client.diagnostics().getStorage() == Diagnostics.Storage.OPENING) {
            LockSupport.parkNanos(100_000);
        }
        if (client.diagnostics().getStorage() != Diagnostics.Storage.DURABLE) {
            throw new IllegalStateException(client.diagnostics().toString());
        }
        ledger.write(Ledger.Kind.OPEN, 0, 0);
    }

    private void track() {
        long calls = 0;
        for (int turn = 0; true; turn++) {
            boolean late = turn % 2 == 0 && turn < 2 * MOST_LATE_LOGINS;
            logIn(late ? Script.LATE : 1 + turn / 2 % (script.proofs().size() - 1));
            for (int i = 0; i < (late ? 2 : CALLS_AT_A_TIME); i++) {
                call();
                calls++;
            }
            if (script.act() == Act.EVICTING) {
                client.flush(); // wakes the delivery thread, which tells the listener
            }
            while (isCrowded(calls)) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private boolean isCrowded(long calls) {
        if (script.act() == Act.EVICTING) {
            return calls > MOST_EVICTING_CALLS;
        }
        Diagnostics now = client.diagnostics();
        long crowded = delivered ? CROWDED_BYTES : CROWDED_BYTES_AT_FIRST;
        return now.getQueuedEvents() > CROWDED || now.getQueuedBytes() > crowded;
    }

    private void fiveHundredCalls() {
        logIn(1);
        for (int i = 1; i < 500; i++) {
            call();
        }
        Runtime.getRuntime().halt(137);
    }

    private void drain() {
        for (int each = 0; each < script.proofs().size(); each++) {
            logIn(each);
        }
        if (client.flush(60, TimeUnit.SECONDS) && client.diagnostics().getQueuedEvents() == 0) {
            ledger.write(Ledger.Kind.DRAINED, 0, 0);
        }
        client.close(1, TimeUnit.SECONDS);
        System.exit(0);
    }

    private void logIn(int to) {
        user = to;
        long n = next++;
        boolean proven = script.act() != Act.COMPACTING || to != Script.LATE || script.job() == Script.Job.DRAIN;
        ledger.write(Ledger.Kind.BEGUN, user, n);
        if (proven) {
            IdentityProof proof = IdentityProof.token(script.proofs().get(to)).withKeyName(script.keyName());
            client.identify(Script.userId(to), Attributes.of("n", n), proof, outcome -> became(n, outcome));
        } else {
            client.identify(Script.userId(to), Attributes.of("n", n));
        }
        ledger.write(Ledger.Kind.RETURNED, user, n);
    }

    private void call() {
        long n = next++;
        Attributes properties = Attributes.of("n", n, "padding", script.act().padding(n));
        ledger.write(Ledger.Kind.BEGUN, user, n);
        client.track("Work Done", properties, outcome -> became(n, outcome));
        ledger.write(Ledger.Kind.RETURNED, user, n);
    }

    private void became(long n, DeliveryOutcome outcome) {
        if (outcome.getKind() == DeliveryOutcome.Kind.DELIVERED) {
            delivered = true;
        } else {
            boolean evicted = outcome.getDropReason() == DropReason.QUEUE_FULL;
            ledger.write(evicted ? Ledger.Kind.EVICTED : Ledger.Kind.REFUSED, 0, n);
        }
    }

    /** Standard input is a pipe from the parent, which never writes: it ends with the parent. */
    private static void haltWithParent() {
        Thread tether = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Only its end means something.
                        }
                    } catch (IOException e) {
                        // A broken pipe is an ended one.
                    }
                    Runtime.getRuntime().halt(70);
                },
                "tether");
        tether.setDaemon(true);
        tether.start();
    }

    private final class Listener extends DeliveryListener {
        @Override
        public void dropped(DropReason reason, int events) {
            boolean evicted = reason == DropReason.QUEUE_FULL;
            ledger.write(evicted ? Ledger.Kind.EVICTED_COUNT : Ledger.Kind.REFUSED, 0, events);
        }

        @Override
        public void storageProblem(String what) {
            System.err.println(what);
            ledger.write(Ledger.Kind.STORAGE_PROBLEM, 0, 0);
        }
    }
}
