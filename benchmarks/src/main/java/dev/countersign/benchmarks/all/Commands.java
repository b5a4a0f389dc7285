package dev.countersign.benchmarks.all;

import dev.countersign.benchmarks.Interleaved;
import dev.countersign.benchmarks.collector.CollectorLoad;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the program of a section is started, on this JDK. */
final class Commands {
    /** Of what it prints, whatever the language of the machine; JDK 17 and JDK 19 name it differently. */
    private static final List<String> UTF_8 = List.of("-Dsun.stdout.encoding=UTF-8", "-Dstdout.encoding=UTF-8");

    private Commands() {}

    static List<String> of(Section section, All.Form form, int first, int last, Options options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(UTF_8);
        Path target = home();
        List<String> own = List.of("-cp", target.resolve("benchmarks.jar").toString());
        switch (section) {
            case SIGNING, VERIFYING -> {
                command.addAll(own);
                command.addAll(List.of(Interleaved.class.getName(), form.name(), String.valueOf(first)));
                command.addAll(List.of(String.join(",", section.tables), options.rows()));
            }
            case CLIENT, OUTAGE -> {
                Path jar =
                        target.resolve("../client/target/client-benchmarks.jar").normalize();
                command.addAll(List.of("-jar", jar.toString(), form.name()));
                command.addAll(List.of(String.valueOf(first), String.valueOf(last)));
                command.addAll(List.of(section == Section.OUTAGE ? "outage" : options.trials(), options.peers()));
            }
            case COLLECTOR -> {
                Path jar = target.resolve("../../samples/collector/target/collector.jar")
                        .normalize();
                command.addAll(own);
                command.addAll(List.of(CollectorLoad.class.getName(), form.name(), String.valueOf(first)));
                command.add(jar.toString());
            }
        }
        return command;
    }

    /** Where the jar of the benchmarks is. */
    static Path home() {
        try {
            return Path.of(Commands.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
