package dev.countersign.samples.backends.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one back end is set up with: a directory with the users' file and the ring files, and the settings for them. */
final class Installation {
    private final Path directory;
    private final Map<String, String> settings = new HashMap<>();
    private final List<Map<String, String>> users = new ArrayList<>();

    Installation(Path directory) {
        this.directory = directory;
        settings.put("COUNTERSIGN_USERS_FILE", usersFile().toString());
    }

    Path directory() {
        return directory;
    }

    Path usersFile() {
        return directory.resolve("users.json");
    }

    Path ringFile(String environment) {
        return directory.resolve(environment + ".ring.json");
    }

    Map<String, String> settings() {
        return settings;
    }

    /** The password of every user that {@link #user} adds. */
    static String passwordOf(String username) {
        return "Päßword-of-" + username;
    }

    void user(String username, String userId, String groupId) throws IOException {
        Map<String, String> user = new LinkedHashMap<>();
        user.put("username", username);
        user.put("password", passwordOf(username));
        user.put("userId", userId);
        user.put("groupId", groupId);
        users.add(user);
        Files.writeString(usersFile(), Json.text(Map.of("users", users)));
    }

    /** An environment whose ring has one key, {@code k1}. */
    void environment(String name, String form, String secret) throws IOException {
        Ring.write(ringFile(name), 1, Ring.key("k1", "primary", secret));
        set(name, "RING_FILE", ringFile(name).toString());
        set(name, "FORM", form);
    }

    void set(String environment, String setting, String value) {
        settings.put("COUNTERSIGN_ENVIRONMENTS_" + environment.toUpperCase(Locale.ROOT) + "_" + setting, value);
    }
}
