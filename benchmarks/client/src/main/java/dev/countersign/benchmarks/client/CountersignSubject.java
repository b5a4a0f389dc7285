package dev.countersign.benchmarks.client;

import dev.countersign.client.Countersign;
import dev.countersign.client.CountersignBuilder;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.IssuedProof;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Our own client, with an identified user whose events each carry a proof. */
final class CountersignSubject implements Subject {
    private static final long MAX_BYTES = 1L << 30;

    private final BiConsumer<CountersignBuilder, Setup> queue;
    private @Nullable Countersign client;

    private CountersignSubject(BiConsumer<CountersignBuilder, Setup> queue) {
        this.queue = queue;
    }

    static Subject inFiles() {
        return new CountersignSubject(
                (builder, setup) -> builder.directory(setup.directory().toFile()));
    }

    static Subject inMemory() {
        return new CountersignSubject((builder, setup) -> builder.memoryQueue());
    }

    @Override
    public void start(Setup setup) {
        IdentityProof proof = IdentityProof.token("hmac_v1:" + "0123456789abcdef".repeat(4));
        CountersignBuilder builder = Countersign.builder(setup.key())
                .endpoint(setup.url())
                .proofProvider(request -> IssuedProof.of(USER, proof))
                .maxQueuedEvents(setup.maxQueued())
                .maxQueuedBytes(MAX_BYTES)
                .logger((level, message, cause) -> {});
        queue.accept(builder, setup);
        client = builder.build();
        client.identify(USER, proof);
    }

    @Override
    public void track(int seq) {
        client().track(
                        EVENT,
                        Attributes.of("plan", "pro", "amount", 42.5, "currency", "EUR", "seq", seq, "recurring", true));
    }

    @Override
    public void flush() {
        client().flush();
    }

    @Override
    public void close() {
        client().close();
    }

    private Countersign client() {
        return Objects.requireNonNull(client);
    }
}
