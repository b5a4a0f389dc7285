package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.client.ClientSettings.Login;
import dev.countersign.samples.rotation.operator.BackEnd;
import dev.countersign.samples.rotation.operator.CollectorAdmin;
import dev.countersign.samples.rotation.operator.Environment;
import dev.countersign.samples.rotation.operator.IssuedKey;
import dev.countersign.samples.rotation.operator.ProofForm;
import dev.countersign.samples.rotation.process.ChildProcess;
import dev.countersign.samples.rotation.process.Children;
import dev.countersign.samples.rotation.process.JavaProgram;
import dev.countersign.samples.rotation.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What stands before the traffic begins: a collector, or two, with its environments, and two back ends. */
final class Stage {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BACK_END_READY = "back end listening on ";

    private final Path work;
    private final CollectorSite collectors;
    private final List<Environment> environments = new ArrayList<>();
    private final BackEnd springBoot;
    private final BackEnd micronaut;

    /** Starts everything and waits until it is ready. */
    Stage(Settings settings, Pace pace, Children children, List<Login> users) throws Exception {
        this.work = Files.createDirectories(settings.work());
        collectors =
                settings.scaled() ? new ScaledCollectors(settings, children) : new OneCollector(settings, children);
        springBoot = new BackEnd("Spring Boot", work.resolve("rings-spring-boot"));
        micronaut = new BackEnd("Micronaut", work.resolve("rings-micronaut"));
        createEnvironments();

        Path usersFile = writeUsers(users);
        ChildProcess first = startBackEnd(children, springBoot, settings.springBootJar(), usersFile, pace);
        ChildProcess second = startBackEnd(children, micronaut, settings.micronautJar(), usersFile, pace);
        springBoot.listensAt(urlOf(first, BACK_END_READY));
        micronaut.listensAt(urlOf(second, BACK_END_READY));
    }

    CollectorAdmin collector() {
        return collectors.admin();
    }

    String collectorUrl() {
        return collectors.url();
    }

    CollectorSite collectors() {
        return collectors;
    }

    List<Environment> environments() {
        return environments;
    }

    Environment environment(ProofForm form) {
        return environments.stream()
                .filter(environment -> environment.form() == form)
                .findFirst()
                .orElseThrow();
    }

    BackEnd springBoot() {
        return springBoot;
    }

    BackEnd micronaut() {
        return micronaut;
    }

    private void createEnvironments() throws IOException, InterruptedException {
        for (ProofForm form : ProofForm.values()) {
            Environment environment = collector().createStrictEnvironment(form);
            IssuedKey key = collector().createKey(environment, "first");
            environment.add(key);
            springBoot.install(environment, key.asFirstRing());
            micronaut.install(environment, key.asFirstRing());
            environments.add(environment);
        }
    }

    private ChildProcess startBackEnd(Children children, BackEnd backEnd, Path jar, Path users, Pace pace)
            throws IOException {
        String name = "backend-" + backEnd.name().toLowerCase(Locale.ROOT).replace(' ', '-');
        JavaProgram program = JavaProgram.ofJar(name, jar)
                .heap(128)
                .environment("PORT", "0")
                .property("countersign.users-file", users.toString());
        for (Environment environment : environments) {
            String prefix = "countersign.environments." + environment.name() + ".";
            program.property(prefix + "ring-file", backEnd.ringFile(environment).toString())
                    .property(prefix + "form", environment.form().id())
                    .property(prefix + "audience", environment.id())
                    .property(prefix + "proof-lifetime", pace.proofLifetime().toSeconds() + "s");
        }
        return children.start(program, BACK_END_READY, line -> {});
    }

    private Path writeUsers(List<Login> users) throws IOException {
        Path file = Files.createFile(
                work.resolve("users.json"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        List<Map<String, String>> entries = users.stream().map(Login::toJson).toList();
        return Files.writeString(file, Json.text(Map.of("users", entries)));
    }

    static String urlOf(ChildProcess child, String readyMark) throws IOException, InterruptedException {
        return child.awaitReady(PATIENCE).substring(readyMark.length()).strip();
    }
}
