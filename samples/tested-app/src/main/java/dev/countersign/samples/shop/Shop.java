package dev.countersign.samples.shop;

import dev.countersign.client.Countersign;
import dev.countersign.client.event.Attributes;

/** What an app does with a client: it is handed one, so that a test can hand it another. */
public final class Shop {
    private final Countersign countersign;

    /** Sends what happens with this client. */
    public Shop(Countersign countersign) {
        this.countersign = countersign;
    }

    /** The user's id is all it takes: the proof provider supplies the rest. */
    public void logIn(String userId) {
        countersign.identify(userId);
    }

    /** An invoice of the user was paid. */
    public void pay(double amount) {
        countersign.track("Invoice Paid", Attributes.of("amount", amount));
    }

    /** What is queued is still sent. */
    public void logOut() {
        countersign.clearSession();
    }
}
