package dev.countersign.samples.kill;

import dev.countersign.samples.rotation.link.CuttableLink;
import dev.countersign.samples.rotation.operator.CollectorAdmin;
import dev.countersign.samples.rotation.operator.Environment;
import dev.countersign.samples.rotation.operator.IssuedKey;
import dev.countersign.samples.rotation.operator.ProofForm;
import dev.countersign.samples.rotation.process.Children;
import dev.countersign.samples.rotation.process.JavaProgram;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

/** A real collector in a process of its own, an environment in STRICT, and the network before it. */
final class Stage implements AutoCloseable {
    private static final String READY = "collector listening on ";
    private static final int USERS = 4;

    private final Children children;
    private final CuttableLink link;
    private final CollectorAdmin admin;
    private final Path work;
    private Environment environment;
    private IssuedKey key;

    Stage(Path samples, Path work) throws Exception {
        this.work = work;
        this.children = new Children(work.resolve("logs"));
        String adminToken = Secret.generateText();
        String ready = children.start(
                        JavaProgram.ofJar("collector", samples.resolve("collector/target/collector.jar"))
                                .heap(192)
                                .environment("PORT", "0")
                                .environment("COLLECTOR_DB", store().file().toString())
                                .environment("COLLECTOR_ADMIN_TOKEN", adminToken),
                        READY,
                        line -> {})
                .awaitReady(Duration.ofSeconds(60));
        String url = ready.substring(READY.length()).strip();
        admin = new CollectorAdmin(url, adminToken);
        link = CuttableLink.to(url);
        newEnvironment();
    }

    /** Goes on in an empty environment. */
    void newEnvironment() throws Exception {
        environment = admin.createStrictEnvironment(ProofForm.V1);
        key = admin.createKey(environment, "of the kill test");
    }

    CuttableLink link() {
        return link;
    }

    /** The collector's id of the environment. */
    String environment() {
        return environment.id();
    }

    Store store() {
        return new Store(work.resolve("collector.db"));
    }

    /** A process of the app that uses this directory of queues. */
    Script script(Script.Job job, Act act, long firstNumber, String halt, Path directory) {
        HmacSigner signer = HmacSigner.create(HmacFormat.HMAC_V1, KeySource.of(key.asFirstRing()));
        return new Script(
                job,
                act,
                firstNumber,
                halt,
                directory.toString(),
                link.url(),
                environment.apiKey(),
                key.id(),
                IntStream.range(0, USERS)
                        .mapToObj(user -> signer.signUser(Script.userId(user)).value())
                        .toList());
    }

    @Override
    public void close() throws Exception {
        link.close();
        children.close();
    }
}
