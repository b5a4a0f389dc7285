package dev.countersign.samples.backends.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import tools.jackson.databind.json.JsonMapper;

/** Stands in for your own user directory: a file of demo users, read once at the start. */
@Component
final class DemoUsers implements UserDetailsService {
    private static final Logger log = LoggerFactory.getLogger(DemoUsers.class);

    private final Map<String, Entry> users = new HashMap<>();

    DemoUsers(CountersignProperties properties, JsonMapper json, PasswordEncoder passwords) throws IOException {
        Path file = properties.usersFile();
        if (Files.notExists(file)) {
            create(file, json);
        }
        for (Entry entry : json.readValue(file, UsersFile.class).users()) {
            users.put(entry.username(), entry.withPassword(Objects.requireNonNull(passwords.encode(entry.password()))));
        }
    }

    @Override
    public LoggedInUser loadUserByUsername(String username) {
        Entry user = users.get(username);
        if (user == null) {
            throw new UsernameNotFoundException("no such user");
        }
        return new LoggedInUser(user);
    }

    private static void create(Path file, JsonMapper json) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        json.writerWithDefaultPrettyPrinter()
                .writeValue(
                        file,
                        new UsersFile(List.of(
                                new Entry("ada", randomPassword(), "u_1", "acme"),
                                new Entry("grace", randomPassword(), "u_2", "acme"))));
        log.info("wrote two demo users with random passwords to {}", file);
    }

    private static String randomPassword() {
        byte[] bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What a session remembers of its user: the only source of the ids that get signed. */
    static final class LoggedInUser extends User {
        private static final long serialVersionUID = 1;

        private final String userId;
        private final @Nullable String groupId;

        private LoggedInUser(Entry entry) {
            super(entry.username(), entry.password(), List.of());
            this.userId = entry.userId();
            this.groupId = entry.groupId();
        }

        String userId() {
            return userId;
        }

        @Nullable
        String groupId() {
            return groupId;
        }
    }

    private record UsersFile(List<Entry> users) {
        UsersFile {
            Assert.notEmpty(users, "countersign.users-file: it has no users");
        }
    }

    private record Entry(
            String username,
            String password,
            String userId,
            @Nullable String groupId) {

        Entry {
            Assert.hasText(username, "countersign.users-file: a user has no username");
            Assert.hasText(password, () -> "countersign.users-file: " + username + " has no password");
            Assert.hasText(userId, () -> "countersign.users-file: " + username + " has no userId");
        }

        Entry withPassword(String encoded) {
            return new Entry(username, encoded, userId, groupId);
        }

        @Override
        public String toString() {
            return username;
        }
    }
}
