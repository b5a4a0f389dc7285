package dev.countersign.samples.backends.contract;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a back end's ring and users' files are written. */
enum FileFormat {
    /** JSON, where the platform can read it. */
    JSON {
        @Override
        String ring(int version, List<Map<String, String>> keys) {
            return Json.text(Map.of("version", version, "keys", keys));
        }

        @Override
        String tornRing(int version, String secret) {
            return "{\"version\":" + version + ",\"keys\":[{\"id\":\"k2\",\"status\":\"primary\",\"secret\":\"" + secret
                    + "\"";
        }

        @Override
        String users(List<? extends Map<String, ?>> users) {
            return Json.text(Map.of("users", users));
        }

        @Override
        Map<?, ?> firstUser(String file) {
            return (Map<?, ?>) ((List<?>) Json.object(file).get("users")).get(0);
        }
    },

    /** A line for each key and for each user. {@code end} tells a whole ring from one that was cut off. */
    LINES {
        @Override
        String ring(int version, List<Map<String, String>> keys) {
            return "version " + version + "\n"
                    + keys.stream()
                            .map(key ->
                                    "key " + key.get("id") + " " + key.get("status") + " " + key.get("secret") + "\n")
                            .collect(Collectors.joining())
                    + "end\n";
        }

        @Override
        String tornRing(int version, String secret) {
            return "version " + version + "\nkey k2 primary " + secret;
        }

        @Override
        String users(List<? extends Map<String, ?>> users) {
            return users.stream().map(user -> Json.text(user) + "\n").collect(Collectors.joining());
        }

        @Override
        Map<?, ?> firstUser(String file) {
            return Json.object(file.lines().findFirst().orElseThrow());
        }
    };

    abstract String ring(int version, List<Map<String, String>> keys);

    /** The start of a ring's file, as a writer leaves it that was stopped. */
    abstract String tornRing(int version, String secret);

    abstract String users(List<? extends Map<String, ?>> users);

    abstract Map<?, ?> firstUser(String file);
}
