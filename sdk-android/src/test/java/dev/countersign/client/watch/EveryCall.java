package dev.countersign.client.watch;

import dev.countersign.client.Countersign;
import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.delivery.CollectionMode;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.SignedMetadata;
import dev.countersign.client.testkit.TestProofs;

/** Every call that an app makes on its main thread. */
final class EveryCall {

    private EveryCall() {}

    static void everything(Countersign client) {
        client.initialize();
        client.track("a");
        client.track("b", Attributes.of("n", 1));
        client.track("c", Attributes.of("n", 1), outcome -> {});
        client.identify("u_1", Attributes.of("plan", "pro"), TestProofs.of("u_1", 1));
        client.identify("u_2");
        client.group("g_1", TestProofs.of("g_1", 1));
        client.updateProof("u_2", TestProofs.of("u_2", 1));
        client.updateOptions(new SignedMetadata(TestProofs.jwt("{\"visitor\":{\"id\":\"u_3\"}}"), "key"));
        client.initialize(new SignedMetadata(TestProofs.jwt("{\"visitor\":{\"id\":\"u_3\"}}"), "key"));
        client.setCollection(CollectionMode.PAUSED);
        client.track("paused");
        client.setCollection(CollectionMode.ENABLED);
        client.flush();
        client.diagnostics();
        client.getAnonymousId();
        client.clearSession();
        client.identify("u_4");
        client.identify("u_5", IdentityProof.token(TestProofs.value("u_5", 1)));
        client.clearSession(ClearPolicy.HOLD);
    }

    /** And those that drop events. */
    static void drop(Countersign client) {
        client.identify("u_6");
        client.clearSession(ClearPolicy.DROP);
        client.setCollection(CollectionMode.DISABLED);
        client.track("not taken");
        client.setCollection(CollectionMode.ENABLED);
    }
}
