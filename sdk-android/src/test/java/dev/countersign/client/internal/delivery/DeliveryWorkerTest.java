package dev.countersign.client.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.internal.proof.ProofKeeper;
import dev.countersign.client.internal.proof.ServerClock;
import dev.countersign.client.internal.queue.EventQueue;
import dev.countersign.client.internal.session.Owner;
import dev.countersign.client.internal.transport.Answer;
import dev.countersign.client.internal.transport.Transport;
import dev.countersign.client.testkit.ManualClock;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeliveryWorkerTest {

    @Test
    @Timeout(60)
    void anErrorInTheDeliveryThread_doesNotEndDelivery() throws InterruptedException {
        LinkedBlockingQueue<Integer> sent = new LinkedBlockingQueue<>();
        Transport failsOnce = new Transport() {
            private boolean failed;

            @Override
            public Answer send(byte[] gzippedBatch, int events) {
                sent.add(events);
                if (!failed) {
                    failed = true;
                    throw new OutOfMemoryError("for a while");
                }
                return Answer.settled(List.of());
            }

            @Override
            public void close() {}
        };
        ManualClock clock = new ManualClock();
        Owner owner = Owner.anonymous("a", null);
        Reporter reporter = new Reporter(DeliveryListener.NONE, Runnable::run, (level, message, cause) -> {});
        EventQueue queue = new EventQueue(10, 1000, clock, reporter);
        ServerClock serverClock = new ServerClock(clock);
        ProofKeeper proofs =
                new ProofKeeper(null, false, owner, Runnable::run, clock, serverClock, () -> 0, reporter, () -> {});
        Signals signals = new Signals();
        DeliveryWorker worker = new DeliveryWorker(
                queue,
                proofs,
                failsOnce,
                reporter,
                serverClock,
                clock,
                () -> 0,
                signals,
                new FlushPolicy(20, 30_000, 1_000_000),
                () -> 60_000);
        byte[] event = "{\"id\":\"0193f0a0-0000-7000-8000-000000000000\"}".getBytes();
        queue.add(owner.tag(), event, event.length);
        Thread thread = new Thread(worker::run);
        thread.start();
        signals.flush();
        assertEquals(1, sent.poll(30, TimeUnit.SECONDS));
        signals.flush();
        assertEquals(1, sent.poll(30, TimeUnit.SECONDS));
        assertTrue(worker.awaitDelivery(1, 30_000, true));
        worker.stop();
        thread.join();
        assertEquals(1, reporter.deliveredCount());
    }
}
