package dev.countersign.server.jwt;

import dev.countersign.server.internal.Ids;
import dev.countersign.server.internal.JsonReader;
import dev.countersign.server.internal.JsonWriter;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token says about a user ({@code visitor}) and a group ({@code account}). Immutable and thread-safe; may be
 * kept and signed again. Compatible with Pendo's signed metadata.
 *
 * <pre>{@code
 * IdentityClaims claims = IdentityClaims.user(user.id()).role("admin").account(user.companyId()).build();
 * }</pre>
 *
 * <p><b>Everybody who sees the token can read the claims</b>: a signature is not encryption. Put in what the platform
 * needs, and nothing that the user or a bystander must not see.
 */
public final class IdentityClaims {
    /** Nesting that the claims' values may have: what a verifier reads, less the token and the visitor themselves. */
    private static final int MAX_VALUE_DEPTH = JsonReader.MAX_DEPTH - 2;

    private final @Nullable String userId;
    private final JsonWriter members;

    private IdentityClaims(@Nullable String userId, JsonWriter members) {
        this.userId = userId;
        this.members = members;
    }

    /**
     * Claims about a user who is logged in.
     *
     * @param userId 1 to 256 code points, from the session, never from the request; a numeric id goes in as its text
     * @throws IllegalArgumentException when the id is empty, too long or has a lone surrogate
     */
    public static Builder user(String userId) {
        Ids.require("userId", userId);
        return new Builder(userId);
    }

    /** Claims about a visitor who is not logged in: the token has no visitor id and binds nobody. */
    public static Builder anonymous() {
        return new Builder(null);
    }

    /** The user's id; null for an anonymous visitor. */
    @Nullable
    String userId() {
        return userId;
    }

    /** The members {@code "visitor":{…}} and, where there is one, {@code "account":{…}}, as UTF-8. */
    JsonWriter members() {
        return members;
    }

    /** The claims may be personal: prints none. */
    @Override
    public String toString() {
        return "IdentityClaims[" + (userId == null ? "anonymous" : "user") + "]";
    }

    /** Builds {@link IdentityClaims}. Not thread-safe. */
    public static final class Builder {
        private static final Set<String> RESERVED_VISITOR = Set.of("id", "email", "full_name", "role");
        private static final Set<String> RESERVED_ACCOUNT =
                Set.of("id", "name", "is_paying", "monthly_value", "planLevel", "planPrice", "creationDate");

        private final @Nullable String userId;
        private final Fields visitor = new Fields();
        private final Fields account = new Fields();

        private Builder(@Nullable String userId) {
            this.userId = userId;
            if (userId != null) {
                visitor.put("id", userId);
            }
        }

        /** The user's e-mail address. */
        public Builder email(String email) {
            visitor.put("email", email);
            return this;
        }

        /** The user's full name. */
        public Builder fullName(String fullName) {
            visitor.put("full_name", fullName);
            return this;
        }

        /** The user's role. */
        public Builder role(String role) {
            visitor.put("role", role);
            return this;
        }

        /**
         * A field of your own about the user.
         *
         * @param value null, or a {@code String}, {@code Boolean}, finite {@code Number}, {@code List} or {@code Map}
         * @throws IllegalArgumentException when the name is reserved: {@code id email full_name role}
         */
        public Builder visitor(String name, @Nullable Object value) {
            return put(visitor, RESERVED_VISITOR, "visitor", name, value);
        }

        /**
         * The group (company, account) that the user acts for.
         *
         * @throws IllegalArgumentException when the id is empty, too long or has a lone surrogate
         */
        public Builder account(String accountId) {
            Ids.require("accountId", accountId);
            account.put("id", accountId);
            return this;
        }

        /** The group's name. */
        public Builder accountName(String name) {
            account.put("name", name);
            return this;
        }

        /** Whether the group pays. */
        public Builder isPaying(boolean isPaying) {
            account.put("is_paying", isPaying);
            return this;
        }

        /** What the group pays a month. */
        public Builder monthlyValue(double monthlyValue) {
            account.put("monthly_value", monthlyValue);
            return this;
        }

        /** The level of the group's plan. */
        public Builder planLevel(String planLevel) {
            account.put("planLevel", planLevel);
            return this;
        }

        /** The price of the group's plan. */
        public Builder planPrice(double planPrice) {
            account.put("planPrice", planPrice);
            return this;
        }

        /** When the group was created. */
        public Builder creationDate(String creationDate) {
            account.put("creationDate", creationDate);
            return this;
        }

        /**
         * A field of your own about the group.
         *
         * @param value null, or a {@code String}, {@code Boolean}, finite {@code Number}, {@code List} or {@code Map}
         * @throws IllegalArgumentException when the name is reserved: {@code id name is_paying monthly_value planLevel
         *     planPrice creationDate}
         */
        public Builder account(String name, @Nullable Object value) {
            return put(account, RESERVED_ACCOUNT, "account", name, value);
        }

        /**
         * The claims.
         *
         * @throws IllegalArgumentException naming the field, when a value cannot stand in JSON
         */
        public IdentityClaims build() {
            JsonWriter json = new JsonWriter(128);
            visitor.write("visitor", json);
            if (account.size > 0) {
                account.write("account", json.ascii(","));
            }
            return new IdentityClaims(userId, json);
        }

        private Builder put(Fields target, Set<String> reserved, String where, String name, @Nullable Object value) {
            if (reserved.contains(name)) {
                throw new IllegalArgumentException(
                        where + "." + name + " is a reserved name; it has a method of its own");
            }
            target.put(name, value);
            return this;
        }
    }

    /** A map's behaviour for a handful of fields, without the cost of one: a name keeps its place and its last value. */
    private static final class Fields {
        private @Nullable Object[] namesAndValues = new @Nullable Object[4];
        private int size;

        void put(String name, @Nullable Object value) {
            int i = 0;
            while (i < size && !name.equals(namesAndValues[i])) {
                i += 2;
            }
            if (i == namesAndValues.length) {
                namesAndValues = Arrays.copyOf(namesAndValues, 2 * i);
            }
            namesAndValues[i] = name;
            namesAndValues[i + 1] = value;
            size = Math.max(size, i + 2);
        }

        void write(String where, JsonWriter json) {
            json.string(where);
            String separator = ":{";
            for (int i = 0; i < size; i += 2) {
                String name = String.valueOf(namesAndValues[i]);
                try {
                    json.ascii(separator).string(name).ascii(":").value(namesAndValues[i + 1], MAX_VALUE_DEPTH);
                } catch (IllegalArgumentException problem) {
                    throw new IllegalArgumentException(where + "." + name + " " + problem.getMessage());
                }
                separator = ",";
            }
            json.ascii(size == 0 ? ":{}" : "}");
        }
    }
}
