package dev.countersign.client;

import static dev.countersign.client.testkit.Answers.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.testkit.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Limits of the queue, the app's own code, and what else goes with events. */
class DeliveryEdgesTest extends DeliveryFixture {
    @Test
    void eventsOlderThanTheLimit_areDroppedAndReported() {
        rig.collector.next(error(503, "KEYS_UNAVAILABLE").setHeader("Retry-After", "86400"));
        rig.client.track("old", Attributes.empty(), rig.heard.callback());
        rig.flush();
        rig.clock.advance(TimeUnit.DAYS.toMillis(7) + 1);
        rig.settle();
        assertEquals(List.of("TOO_OLD 1"), rig.heard.drops);
        assertEquals(DeliveryOutcome.Kind.DROPPED, rig.heard.outcomes.get(0).getKind());
        assertEquals(1, rig.client.diagnostics().getDropped());
    }

    @Test
    void aFullQueue_dropsTheOldestAndReportsIt() {
        try (TestClient small =
                TestClient.overHttp(builder -> builder.maxQueuedEvents(3).flushAt(500))) {
            for (int i = 0; i < 5; i++) {
                small.client.track("e" + i);
            }
            small.flush();
            assertEquals(List.of("e2", "e3", "e4"), small.collector.storedNames());
            assertEquals(List.of("QUEUE_FULL 2"), small.heard.drops);
        }
    }

    @Test
    void aCallbackThatThrows_disturbsNeitherDeliveryNorTheAppsExecutor() {
        List<RuntimeException> escaped = new ArrayList<>();
        Executor executor = task -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                escaped.add(e);
            }
        };
        try (TestClient other = TestClient.overHttp(builder -> builder.callbackExecutor(executor))) {
            other.client.track("a", Attributes.empty(), outcome -> {
                throw new IllegalStateException("the app's own fault");
            });
            other.flush();
            assertEquals(1, other.collector.stored().size());
            assertEquals(List.of(), escaped);
            assertTrue(other.heard.log.stream().anyMatch(line -> line.contains("IllegalStateException")));
        }
    }

    @Test
    void anExecutorThatRefuses_disturbsNothing() {
        Executor refusing = task -> {
            throw new RejectedExecutionException();
        };
        try (TestClient other = TestClient.overHttp(builder -> builder.callbackExecutor(refusing))) {
            other.client.track("a", Attributes.empty(), other.heard.callback());
            other.flush();
            assertEquals(1, other.collector.stored().size());
            assertEquals(0, other.client.diagnostics().getQueuedEvents());
        }
    }

    @Test
    void theContext_goesWithEveryEvent() {
        try (TestClient other = TestClient.overHttp(builder -> builder.context(Attributes.of("app", "1.2")))) {
            other.client.track("a");
            other.flush();
            assertEquals(
                    java.util.Map.of("app", "1.2"),
                    other.collector.stored().iterator().next().json().get("context"));
        }
    }

    @Test
    void initialize_isAnEventOfItsOwn() {
        rig.client.initialize();
        rig.flush();
        assertEquals("initialize", rig.collector.stored().iterator().next().type());
        assertFalse(rig.collector.stored().iterator().next().json().containsKey("name"));
    }
}
