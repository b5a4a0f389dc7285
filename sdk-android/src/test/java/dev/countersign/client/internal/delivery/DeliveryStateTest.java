package dev.countersign.client.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.internal.transport.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryStateTest {
    private static final Answer STORED = Answer.settled(List.of());
    private static final Answer FAILED = Answer.foreign(Answer.Kind.FAILED, "x");
    private static final Answer UNREADABLE = Answer.judged(Answer.Kind.UNREADABLE, "INVALID_JSON");
    private static final Answer TOO_LARGE = Answer.judged(Answer.Kind.TOO_LARGE, "TOO_LARGE");

    @Test
    void failures_backOffFromOneSecondToFiveMinutesWithFullJitter() {
        long[] most = {2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000};
        DeliveryState low = DeliveryState.START;
        DeliveryState high = DeliveryState.START;
        for (long ceiling : most) {
            low = low.next(FAILED, 1, 100, 0);
            high = high.next(FAILED, 1, 100, 0.999999);
            assertEquals(1000, low.waitMillis(100));
            assertEquals(ceiling, high.waitMillis(100), 2);
        }
        for (int i = 0; i < 100; i++) {
            high = high.next(FAILED, 1, 100, 1);
        }
        assertEquals(300_000, high.waitMillis(100));
    }

    @Test
    void aStoredBatch_endsTheWaiting() {
        DeliveryState state = DeliveryState.START.next(FAILED, 1, 0, 0.5).next(STORED, 1, 0, 0.5);
        assertEquals(0, state.waitMillis(0));
        assertEquals(0, state.failures());
    }

    @Test
    void theWait_runsOutWithTime() {
        DeliveryState state = DeliveryState.START.next(FAILED, 1, 5000, 0);
        assertEquals(400, state.waitMillis(5600));
        assertEquals(0, state.waitMillis(6001));
    }

    @Test
    void theAppsHaste_cutsOurOwnBackOffAlone() {
        DeliveryState failed = DeliveryState.START.next(FAILED, 1, 100, 0.9).next(FAILED, 1, 100, 0.9);
        assertEquals(1000, failed.hastened().waitMillis(100));
        assertEquals(2, failed.hastened().failures());
        assertEquals(0, failed.hastened().waitMillis(5000));
        assertEquals(0, DeliveryState.START.hastened().waitMillis(100));
        DeliveryState told = DeliveryState.START.failed(60_000, 100, 0);
        assertEquals(60_000, told.hastened().waitMillis(100));
        DeliveryState refused =
                DeliveryState.START.next(Answer.judged(Answer.Kind.KEY_REFUSED, "INVALID_API_KEY"), 1, 0, 0);
        assertEquals(DeliveryState.KEY_REFUSED_MILLIS, refused.hastened().waitMillis(0));
        assertTrue(refused.hastened().isKeyRefused());
    }

    @Test
    void tooLarge_halvesAndGrowsBackSlowly() {
        DeliveryState state = DeliveryState.START.next(TOO_LARGE, 500, 0, 0);
        assertEquals(250, state.limit());
        state = state.next(TOO_LARGE, 250, 0, 0);
        assertEquals(125, state.limit());
        state = state.next(STORED, 125, 0, 0);
        assertEquals(140, state.limit());
        for (int i = 0; i < 100; i++) {
            state = state.next(STORED, state.limit(), 0, 0);
        }
        assertEquals(DeliveryState.MOST_EVENTS, state.limit());
    }

    @Test
    void unreadable_narrowsToThePoisonEventWhereverItIs() {
        for (int poison = 0; poison < 500; poison++) {
            DeliveryState state = DeliveryState.START;
            int sent = 0;
            int requests = 0;
            boolean found = false;
            while (sent < 500 && requests++ < 50) {
                int size = Math.min(state.limit(), 500 - sent);
                boolean bad = !found && poison >= sent && poison < sent + size;
                state = state.next(bad ? UNREADABLE : STORED, size, 0, 0);
                if (!bad) {
                    sent += size;
                } else if (size == 1) {
                    found = true;
                    sent++;
                }
            }
            assertTrue(found, "poison at " + poison);
            assertEquals(500, sent, "poison at " + poison);
            assertTrue(requests <= 21, requests + " requests for a poison event at " + poison);
        }
    }

    @Test
    void aRefusedKey_pausesForAQuarterOfAnHour() {
        DeliveryState state =
                DeliveryState.START.next(Answer.judged(Answer.Kind.KEY_REFUSED, "INVALID_API_KEY"), 1, 0, 0);
        assertTrue(state.isKeyRefused());
        assertEquals(DeliveryState.KEY_REFUSED_MILLIS, state.waitMillis(0));
        assertFalse(state.next(STORED, 1, 0, 0).isKeyRefused());
        assertFalse(state.next(FAILED, 1, 0, 0).isKeyRefused());
    }
}
