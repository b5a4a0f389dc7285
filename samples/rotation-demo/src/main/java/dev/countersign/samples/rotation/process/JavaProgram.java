package dev.countersign.samples.rotation.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** A Java program to be started: small heap, quick start, two cores are enough for a dozen of them. Not thread-safe. */
public final class JavaProgram {

    private final String name;
    private final String classPath;
    private final List<String> main;
    private final List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    private JavaProgram(String name, String classPath, List<String> main) {
        this.name = name;
        this.classPath = classPath;
        this.main = main;
    }

    /** A main class of this demo. It ends by itself when its standard input does. */
    public static JavaProgram ofMain(String name, Class<?> mainClass) {
        return new JavaProgram(name, System.getProperty("java.class.path"), List.of(mainClass.getName()));
    }

    /** A main class elsewhere. It ends by itself when its standard input does. */
    public static JavaProgram ofClass(String name, String classPath, String mainClass) {
        return new JavaProgram(name, classPath, List.of(mainClass));
    }

    /** Another main class of a jar, {@link Tethered} to this process. */
    public static JavaProgram ofJar(String name, Path jar, String mainClass) {
        return new JavaProgram(
                name, tetherLocation() + File.pathSeparator + jar, List.of(Tethered.class.getName(), mainClass));
    }

    /**
     * An executable jar, {@link Tethered} to this process.
     *
     * @throws IOException if there is no such jar, or it names no main class
     */
    public static JavaProgram ofJar(String name, Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new IOException(name + ": there is no " + jar.normalize() + ": build its module first");
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            String mainClass = file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            if (mainClass == null) {
                throw new IOException(name + ": " + jar + " names no main class in its manifest");
            }
            return ofJar(name, jar, mainClass);
        }
    }

    /** Largest heap, in MiB. */
    public JavaProgram heap(int megabytes) {
        options.add("-Xmx" + megabytes + "m");
        return this;
    }

    /** A system property. Visible to everybody on the machine: never a secret. */
    public JavaProgram property(String key, String value) {
        options.add("-D" + key + "=" + value);
        return this;
    }

    /** An environment variable: the place for a secret. */
    public JavaProgram environment(String key, String value) {
        environment.put(key, value);
        return this;
    }

    /** An argument of the main method. */
    public JavaProgram argument(String value) {
        arguments.add(value);
        return this;
    }

    /** The program's name, as the demo shows it. */
    String name() {
        return name;
    }

    /** The variables to add to this process's own. */
    Map<String, String> environment() {
        return environment;
    }

    /** The command line. */
    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        command.addAll(main);
        command.addAll(arguments);
        return command;
    }

    /** Only the demo's own classes: the program must not see the demo's libraries. */
    private static String tetherLocation() {
        return Path.of(Tethered.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }
}
