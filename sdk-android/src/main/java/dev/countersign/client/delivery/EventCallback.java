package dev.countersign.client.delivery;

/** Hears what becomes of one event. Called on the client's callback executor; exceptions are caught and logged. */
public interface EventCallback {

    /**
     * Called with each outcome until a {@linkplain DeliveryOutcome#isFinal final} one. Not called again after the
     * process ends: a callback is not kept on disk.
     */
    void completed(DeliveryOutcome outcome);
}
