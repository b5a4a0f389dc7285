package dev.countersign.samples.backends.micronaut;

import dev.countersign.samples.backends.micronaut.signing.SignedInUser;
import dev.countersign.server.jwt.IdentityClaims;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands in for your own user directory: a file of demo users, read once at the start. */
@Context
final class DemoUsers {
    private static final Logger log = LoggerFactory.getLogger(DemoUsers.class);

    private final Map<String, User> users = new HashMap<>();

    DemoUsers(@Value("${countersign.users-file}") Path file, ObjectMapper json) throws IOException {
        if (Files.notExists(file)) {
            create(file, json);
        }
        for (User user : read(file, json)) {
            users.put(user.username(), user);
        }
    }

    /** The user with this name and password. Takes the same time for a name that does not exist. */
    Optional<LoggedInUser> authenticate(@Nullable String username, @Nullable String password) {
        User user = users.get(username);
        byte[] expected = digest(user == null ? "" : user.password());
        boolean matches = MessageDigest.isEqual(expected, digest(password == null ? "" : password));
        return user != null && matches ? Optional.of(new LoggedInUser(user)) : Optional.empty();
    }

    /** Equal lengths for the comparison, no protection of a store: a real directory keeps slow, salted hashes. */
    private static byte[] digest(String password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    /** Looks at the JSON first: an id is text, and a number would be signed as whatever is printed for it. */
    private static List<User> read(Path file, ObjectMapper json) throws IOException {
        JsonNode tree = json.readValue(Files.readAllBytes(file), JsonNode.class);
        for (JsonNode user : tree.get("users").values()) {
            JsonNode userId = user.get("userId");
            if (userId != null && !userId.isString()) {
                throw new ConfigurationException("countersign.users-file: a userId is not a string");
            }
        }
        return json.readValueFromTree(tree, UsersFile.class).users();
    }

    private static void create(Path file, ObjectMapper json) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(
                file,
                json.writeValueAsBytes(new UsersFile(List.of(
                        new User("ada", randomPassword(), "u_1", "acme", "ada@example.com", "admin", "pro"),
                        new User("grace", randomPassword(), "u_2", "acme", "grace@example.com", "member", "pro")))));
        log.info("wrote two demo users with random passwords to {}", file);
    }

    private static String randomPassword() {
        byte[] bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What a session remembers of its user: the only source of the ids that get signed. */
    record LoggedInUser(User user) implements SignedInUser {
        @Override
        public String userId() {
            return user.userId();
        }

        @Override
        public @Nullable String groupId() {
            return user.groupId();
        }

        /** With the metadata that the platform may take from nowhere else, because here it is signed. */
        @Override
        public IdentityClaims claims() {
            IdentityClaims.Builder claims = IdentityClaims.user(userId());
            if (user.email() != null) {
                claims.email(user.email());
            }
            if (user.role() != null) {
                claims.role(user.role());
            }
            if (groupId() != null) {
                claims.account(groupId());
            }
            if (groupId() != null && user.planLevel() != null) {
                claims.planLevel(user.planLevel());
            }
            return claims.build();
        }
    }

    @Serdeable
    record UsersFile(List<User> users) {
        UsersFile {
            if (users.isEmpty()) {
                throw new ConfigurationException("countersign.users-file: it has no users");
            }
        }
    }

    @Serdeable
    record User(
            String username,
            String password,
            String userId,
            @Nullable String groupId,
            @Nullable String email,
            @Nullable String role,
            @Nullable String planLevel) {

        User {
            require(username, "a user has no username");
            require(password, username + " has no password");
            require(userId, username + " has no userId");
        }

        private static void require(@Nullable String value, String otherwise) {
            if (value == null || value.isBlank()) {
                throw new ConfigurationException("countersign.users-file: " + otherwise);
            }
        }

        @Override
        public String toString() {
            return username;
        }
    }
}
