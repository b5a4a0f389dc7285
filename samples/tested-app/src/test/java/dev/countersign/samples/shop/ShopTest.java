package dev.countersign.samples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofRequest;
import dev.countersign.client.testkit.Answers;
import dev.countersign.client.testkit.SentEvent;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test kit from outside: everything here is what an app's own tests may use. The guide shows the first three. */
class ShopTest {

    @Test
    void aPaidInvoice_isSentWithTheUsersProof() {
        try (TestClient test = TestClient.inProcess(settings -> settings.proofProvider(ShopTest::proofFor))) {
            test.collector.judge = TestProofs::judge; // as strict as a real one
            Shop shop = new Shop(test.client);
            shop.logIn("u_1");
            shop.pay(42.5);
            test.flush();
            assertEquals(Arrays.asList(null, "Invoice Paid"), test.collector.storedNames());
            test.collector.assertNoEventCrossedUsers();
        }
    }

    @Test
    void anOutage_losesNoInvoice() {
        try (TestClient test = TestClient.inProcess(settings -> settings.proofProvider(ShopTest::proofFor))) {
            test.collector.next(Answers.error(503, "KEYS_UNAVAILABLE"));
            test.collector.next(Answers.dropped());
            Shop shop = new Shop(test.client);
            shop.logIn("u_1");
            shop.pay(42.5);
            test.pass(1, TimeUnit.HOURS); // takes no time
            assertEquals(2, test.collector.stored().size());
            assertEquals(3, test.collector.batches.size());
        }
    }

    @Test
    void aKilledApp_sendsItsInvoicesWhenItStartsAgain(@TempDir Path directory) {
        TestClient test =
                TestClient.inProcess(directory.toFile(), settings -> settings.proofProvider(ShopTest::proofFor));
        Shop shop = new Shop(test.client);
        shop.logIn("u_1");
        test.settle(); // the directory is open from here on
        shop.pay(42.5);
        test = test.restart();
        test.settle();
        List<String> names = test.collector.storedNames();
        assertEquals("Invoice Paid", names.get(names.size() - 1));
        test.close();
    }

    private static IssuedProof proofFor(ProofRequest request) {
        return IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), 1));
    }

    @Test
    void usersWhoTakeTurns_areNotMixedUpOverHttpEither() {
        try (TestClient test = TestClient.overHttp(settings -> settings.proofProvider(ShopTest::proofFor))) {
            test.collector.judge = TestProofs::judge;
            Shop shop = new Shop(test.client);
            for (int i = 0; i < 10; i++) {
                shop.logIn("u_" + i % 2);
                test.settle();
                shop.pay(i);
                shop.logOut();
                shop.pay(-i);
            }
            test.flush();
            test.collector.assertNoEventCrossedUsers();
            assertEquals(30, test.collector.stored().size());
            assertTrue(test.collector.url().startsWith("http://127.0.0.1:"));
        }
    }

    @Test
    void anAppThatMixesUsersUp_isCaught() {
        try (TestClient test = TestClient.inProcess(settings -> settings.proofProvider(
                request -> IssuedProof.of(request.getUserId(), TestProofs.of("u_1", 1))))) { // always the same user's
            Shop shop = new Shop(test.client);
            shop.logIn("u_1");
            test.flush();
            shop.logOut();
            shop.logIn("u_2");
            test.flush();
            AssertionError caught =
                    assertThrows(AssertionError.class, () -> test.collector.assertNoEventCrossedUsers());
            SentEvent event = test.collector.sent().get(1);
            assertTrue(caught.getMessage().startsWith("event " + event.id() + " (user u_2"), caught.getMessage());
            assertTrue(!caught.getMessage().contains("hmac_v1"), "no proof is printed");
        }
    }
}
