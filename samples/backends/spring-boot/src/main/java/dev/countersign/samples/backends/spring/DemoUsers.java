package dev.countersign.samples.backends.spring;

import static tools.jackson.databind.cfg.CoercionAction.Fail;

import dev.countersign.samples.backends.spring.signing.SignedInUser;
import dev.countersign.server.jwt.IdentityClaims;
import java.io.IOException;
import java.io.Serializable;
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
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Stands in for your own user directory: a file of demo users, read once at the start. */
@Component
final class DemoUsers implements UserDetailsService {
    private static final Logger log = LoggerFactory.getLogger(DemoUsers.class);

    private final Map<String, Entry> users = new HashMap<>();

    DemoUsers(@Value("${countersign.users-file}") Path file, JsonMapper json, PasswordEncoder passwords)
            throws IOException {
        if (Files.notExists(file)) {
            create(file, json);
        }
        for (Entry entry : strict(json).readValue(file, UsersFile.class).users()) {
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

    /** Ids are text: a number would be signed as whatever is printed for it. */
    private static JsonMapper strict(JsonMapper json) {
        return json.rebuild()
                .withCoercionConfig(LogicalType.Textual, texts -> texts.setCoercion(CoercionInputShape.Integer, Fail))
                .build();
    }

    private static void create(Path file, JsonMapper json) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        json.writerWithDefaultPrettyPrinter()
                .writeValue(
                        file,
                        new UsersFile(List.of(
                                new Entry("ada", randomPassword(), "u_1", "acme", "ada@example.com", "admin", "pro"),
                                new Entry(
                                        "grace",
                                        randomPassword(),
                                        "u_2",
                                        "acme",
                                        "grace@example.com",
                                        "member",
                                        "pro"))));
        log.info("wrote two demo users with random passwords to {}", file);
    }

    private static String randomPassword() {
        byte[] bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What a session remembers of its user: the only source of the ids that get signed. */
    static final class LoggedInUser extends User implements SignedInUser {
        private static final long serialVersionUID = 1;

        private final Entry entry;

        private LoggedInUser(Entry entry) {
            super(entry.username(), entry.password(), List.of());
            this.entry = entry;
        }

        @Override
        public String userId() {
            return entry.userId();
        }

        @Override
        public @Nullable String groupId() {
            return entry.groupId();
        }

        /** With the metadata that the platform may take from nowhere else, because here it is signed. */
        @Override
        public IdentityClaims claims() {
            IdentityClaims.Builder claims = IdentityClaims.user(userId());
            if (entry.email() != null) {
                claims.email(entry.email());
            }
            if (entry.role() != null) {
                claims.role(entry.role());
            }
            if (groupId() != null) {
                claims.account(groupId());
            }
            if (groupId() != null && entry.planLevel() != null) {
                claims.planLevel(entry.planLevel());
            }
            return claims.build();
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
            @Nullable String groupId,
            @Nullable String email,
            @Nullable String role,
            @Nullable String planLevel)
            implements Serializable {

        Entry {
            Assert.hasText(username, "countersign.users-file: a user has no username");
            Assert.hasText(password, () -> "countersign.users-file: " + username + " has no password");
            Assert.hasText(userId, () -> "countersign.users-file: " + username + " has no userId");
        }

        Entry withPassword(String encoded) {
            return new Entry(username, encoded, userId, groupId, email, role, planLevel);
        }

        @Override
        public String toString() {
            return username;
        }
    }
}
