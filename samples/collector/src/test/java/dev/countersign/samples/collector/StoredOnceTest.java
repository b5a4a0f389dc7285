package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An id is stored once for each environment, and nobody can burn another user's. */
class StoredOnceTest extends CollectorTest {
    private TestEnvironment optional;
    private String secret;

    @BeforeEach
    void createEnvironment() {
        optional = client.environment("hmac-hex", "OPTIONAL", "REJECT");
        secret = optional.createKey().secret();
    }

    private String of(String id, String userId) {
        return Events.track(id, Events.user(userId, Proofs.hex(secret, userId)));
    }

    /** What answers and counters say of repeats. */
    private long repeats(long count) {
        return storage.answersRepeats() ? count : 0;
    }

    @Test
    @Tag("R65")
    void theSameEventAgain_isADuplicate() {
        String id = Events.id();

        Answer first = client.batch(optional, of(id, "u_1"));
        Answer again = client.batch(optional, of(id, "u_1"));
        Answer single = client.event(optional, of(id, "u_1"));

        assertEquals(1, first.number("accepted"));
        assertEquals(repeats(1), again.number("duplicates"));
        assertEquals(1 - repeats(1), again.number("accepted"));
        assertEquals(200, single.status());
        assertEquals(List.of(id), stored(optional, "id"));
        assertEquals(repeats(2), optional.count("duplicates"));
    }

    @Test
    @Tag("R65")
    void theSameEventWithAnotherProof_andOtherWhiteSpace_andOrder_isADuplicate() {
        String id = Events.id();
        TestEnvironment.Key second = optional.createKey();
        client.event(optional, of(id, "u_1"));

        String again = """
                { "userId":"u_1", "name" : "Invoice Paid", "signingKeyName":"%s",
                  "identityToken":"%s", "type":"track", "id":"%s" }""".formatted(second.id(), Proofs.hex(second.secret(), "u_1"), id);

        assertEquals(repeats(1), client.batch(optional, again).number("duplicates"));
        assertEquals(List.of(id), stored(optional, "id"));
    }

    @Test
    void anotherOwnerOrOtherContent_isAConflict_andWhatIsStoredStays() {
        String id = Events.id();
        client.event(optional, of(id, "u_1"));
        storage.settle();

        Answer otherOwner = client.event(optional, of(id, "u_2"));
        Answer otherContent = client.batch(optional, of(id, "u_1").replace("Invoice Paid", "Invoice Lost"));

        assertEquals(200, otherContent.status());
        if (storage.answersRepeats()) {
            assertEquals(409, otherOwner.status());
            assertEquals("EVENT_ID_CONFLICT", otherOwner.at("error", "code"));
            assertEquals("EVENT_ID_CONFLICT", otherContent.at("rejected", 0, "code"));
        }
        assertEquals(List.of("u_1 Invoice Paid"), stored(optional, "owner, name"));
        assertEquals(repeats(2), optional.count("conflicts"));
    }

    @Test
    void anIdSentFirstByAnAttacker_isTakenBackByItsVerifiedOwner() {
        String id = Events.id();
        client.event(optional, Events.track(id, Events.user("u_1")).replace("Invoice Paid", "Burned"));
        storage.settle();

        Answer owners = client.event(optional, of(id, "u_1"));
        Answer attackerAgain =
                client.event(optional, Events.track(id, Events.user("u_1")).replace("Paid", "Burned"));

        assertEquals(200, owners.status());
        assertEquals(storage.answersRepeats() ? 409 : 200, attackerAgain.status());
        assertEquals(List.of("u_1 Invoice Paid VERIFIED"), stored(optional, "owner, name, verdict"));
    }

    @Test
    void aRefusedEvent_claimsNoId() {
        TestEnvironment strict = client.environment("hmac-hex", "STRICT", "REJECT");
        String strictSecret = strict.createKey().secret();
        String id = Events.id();

        client.event(strict, Events.track(id, Events.user("u_2", "00".repeat(32))));
        Answer owners = client.event(strict, Events.track(id, Events.user("u_1", Proofs.hex(strictSecret, "u_1"))));

        assertEquals(200, owners.status());
        assertEquals(List.of("u_1"), stored(strict, "owner"));
    }

    @Test
    void theSameIdInAnotherEnvironment_isAnotherEvent() {
        TestEnvironment other = client.environment("hmac-hex", "OPTIONAL", "REJECT");
        String id = Events.id();
        client.event(optional, of(id, "u_1"));

        assertEquals(
                1, client.batch(other, Events.track(id, Events.user("u_9"))).number("accepted"));
    }

    @Test
    void withinABatch_theSameRulesHold() {
        String id = Events.id();

        Answer answer = client.batch(
                optional, Events.track(id, Events.user("u_1")), of(id, "u_1"), of(id, "u_1"), of(id, "u_2"));

        if (storage.answersRepeats()) {
            assertEquals(2, answer.number("accepted"), answer.text()); // Stored unverified, then replaced.
            assertEquals(1, answer.number("duplicates"));
            assertEquals(3, answer.number("rejected", 0, "index"));
            assertEquals(List.of("u_1 VERIFIED"), stored(optional, "owner, verdict"));
        } else {
            assertEquals(4, answer.number("accepted"), answer.text());
            assertEquals(1, stored(optional, "id").size()); // Which owner was first is settled by the partitions.
            assertEquals(List.of("VERIFIED"), stored(optional, "verdict"));
        }
    }
}
