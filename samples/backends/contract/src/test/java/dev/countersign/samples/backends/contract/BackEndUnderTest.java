package dev.countersign.samples.backends.contract;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How to start one back end. Its settings reach it as environment variables, which every platform can read.
 *
 * @param name the back end's folder under {@code samples/backends}
 * @param programs the programs that must be on the PATH
 * @param packages the Debian packages that bring them
 * @param build the command that builds it first; empty for none
 * @param command the command that starts it
 * @param format how its ring and users' files are written
 */
record BackEndUnderTest(
        String name,
        List<String> programs,
        String packages,
        List<String> build,
        List<String> command,
        FileFormat format) {

    private static final Path FOLDERS = Path.of("..").toAbsolutePath().normalize();
    private static final Path BUILT = Path.of("target").toAbsolutePath();

    static final BackEndUnderTest SPRING_BOOT = jar("spring-boot");
    static final BackEndUnderTest MICRONAUT = jar("micronaut");
    static final BackEndUnderTest NODE = script("node", "nodejs", "node", "backend.js", FileFormat.JSON);
    static final BackEndUnderTest PYTHON = script("python", "python3", "python3", "backend.py", FileFormat.JSON);
    static final BackEndUnderTest PHP = script("php", "php-cli", "php", "backend.php", FileFormat.JSON);
    static final BackEndUnderTest RUBY = script("ruby", "ruby ruby-webrick", "ruby", "backend.rb", FileFormat.JSON);
    static final BackEndUnderTest GO =
            compiled("go", List.of("go"), "golang-go", "go build -o %1$s %2$s/backend.go", "%1$s", FileFormat.JSON);
    static final BackEndUnderTest ELIXIR = script("elixir", "elixir", "elixir", "backend.exs", FileFormat.LINES);
    static final BackEndUnderTest CSHARP = compiled(
            "csharp",
            List.of("mcs", "mono"),
            "mono-mcs mono-runtime",
            "mcs -out:%1$s %2$s/Backend.cs",
            "mono %1$s",
            FileFormat.LINES);

    static final List<BackEndUnderTest> ALL =
            List.of(SPRING_BOOT, MICRONAUT, NODE, PYTHON, PHP, RUBY, GO, ELIXIR, CSHARP);

    /** A Java back end: {@code target/backend-<name>.jar}, packaged by its own module, run by this test's Java. */
    private static BackEndUnderTest jar(String name) {
        String jar =
                FOLDERS.resolve(name).resolve("target/backend-" + name + ".jar").toString();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // They are started often, and none runs for long.
        List<String> command = List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar);
        return new BackEndUnderTest(name, List.of(java), "", List.of(), command, FileFormat.JSON);
    }

    private static BackEndUnderTest script(
            String name, String packages, String program, String file, FileFormat format) {
        String script = FOLDERS.resolve(name).resolve(file).toString();
        return new BackEndUnderTest(name, List.of(program), packages, List.of(), List.of(program, script), format);
    }

    /** In both command lines {@code %1$s} is the file to build, {@code %2$s} the back end's folder. */
    private static BackEndUnderTest compiled(
            String name, List<String> programs, String packages, String build, String command, FileFormat format) {
        Path built = BUILT.resolve("backend-" + name);
        Path folder = FOLDERS.resolve(name);
        return new BackEndUnderTest(
                name,
                programs,
                packages,
                List.of(build.formatted(built, folder).split(" ")),
                List.of(command.formatted(built, folder).split(" ")),
                format);
    }

    Path folder() {
        return FOLDERS.resolve(name);
    }

    /** What is not installed here, and how to get it. */
    Optional<String> missing() {
        List<String> absent =
                programs.stream().filter(program -> !isOnPath(program)).toList();
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(" and ", absent) + " not installed; Debian: apt-get install " + packages);
    }

    /** Builds what is compiled. */
    void prepare() throws IOException, InterruptedException {
        int jar = command.indexOf("-jar") + 1;
        if (jar > 0 && Files.notExists(Path.of(command.get(jar)))) {
            throw new IllegalStateException(name + ": " + command.get(jar) + " is missing; package that module first");
        }
        if (!build.isEmpty()) {
            Files.createDirectories(BUILT);
            Command.run(build, BUILT, "");
        }
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory).resolve(program)));
    }

    @Override
    public String toString() {
        return name;
    }
}
