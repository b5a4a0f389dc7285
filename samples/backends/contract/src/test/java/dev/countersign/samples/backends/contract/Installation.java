package dev.countersign.samples.backends.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one back end is set up with: a directory with the users' file and the ring files, and the settings for them. */
final class Installation {
    private final BackEndUnderTest backEnd;
    private final Path directory;
    private final Map<String, String> settings = new HashMap<>();
    private final List<Map<String, Object>> users = new ArrayList<>();

    Installation(BackEndUnderTest backEnd, Path directory) {
        this.backEnd = backEnd;
        this.directory = directory;
        settings.put("COUNTERSIGN_USERS_FILE", usersFile().toString());
    }

    Path directory() {
        return directory;
    }

    Path usersFile() {
        return directory.resolve("users.file");
    }

    Path ringFile(String environment) {
        return directory.resolve(environment + ".ring");
    }

    Map<String, String> settings() {
        return settings;
    }

    /** Starts the back end with all this; returns at once. */
    BackEndProcess launch() throws IOException, InterruptedException {
        return BackEndProcess.launch(backEnd, directory, settings);
    }

    /** The password of every user that {@link #user} adds. */
    static String passwordOf(String username) {
        return "Päßword-of-" + username;
    }

    void user(String username, Object userId, String groupId) throws IOException {
        user(username, userId, groupId, Map.of());
    }

    /** A user with metadata: {@code email}, {@code role}, {@code planLevel}. */
    void user(String username, Object userId, String groupId, Map<String, String> metadata) throws IOException {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("username", username);
        user.put("password", passwordOf(username));
        user.put("userId", userId);
        user.put("groupId", groupId);
        user.putAll(metadata);
        users.add(user);
        Files.writeString(usersFile(), backEnd.format().users(users));
    }

    /** An environment whose ring has one key, {@code k1}. */
    void environment(String name, String form, String secret) throws IOException {
        ring(name, 1, Ring.key("k1", "primary", secret));
        set(name, "RING_FILE", ringFile(name).toString());
        set(name, "FORM", form);
    }

    /** Replaces the ring's file as a whole, as an operator's tool does. */
    @SafeVarargs
    final void ring(String environment, int version, Map<String, String>... keys) throws IOException {
        Path file = ringFile(environment);
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, backEnd.format().ring(version, List.of(keys)));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void set(String environment, String setting, String value) {
        settings.put("COUNTERSIGN_ENVIRONMENTS_" + environment.toUpperCase(Locale.ROOT) + "_" + setting, value);
    }
}
