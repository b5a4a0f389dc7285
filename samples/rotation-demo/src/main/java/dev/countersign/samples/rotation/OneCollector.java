package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.ledger.EventStore;
import dev.countersign.samples.rotation.ledger.StoredEvent;
import dev.countersign.samples.rotation.operator.CollectorAdmin;
import dev.countersign.samples.rotation.process.ChildProcess;
import dev.countersign.samples.rotation.process.Children;
import dev.countersign.samples.rotation.process.JavaProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One collector with a SQLite file. */
final class OneCollector implements CollectorSite {
    static final String READY = "collector listening on ";

    private final Path store;
    private final ChildProcess process;
    private final String url;
    private final CollectorAdmin admin;

    OneCollector(Settings settings, Children children) throws Exception {
        store = settings.work().resolve("collector.db");
        String adminToken = Cast.secret();
        process = children.start(
                JavaProgram.ofJar("collector", settings.collectorJar())
                        .heap(192)
                        .environment("PORT", "0")
                        .environment("COLLECTOR_DB", store.toString())
                        .environment("COLLECTOR_ADMIN_TOKEN", adminToken),
                READY,
                line -> {});
        url = Stage.urlOf(process, READY);
        admin = new CollectorAdmin(url, adminToken);
    }

    @Override
    public int instances() {
        return 1;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public CollectorAdmin admin() {
        return admin;
    }

    @Override
    public Map<String, Long> refusals() throws Exception {
        return admin.refusals();
    }

    @Override
    public List<StoredEvent> endAndRead() throws Exception {
        process.close();
        return EventStore.read(store);
    }
}
