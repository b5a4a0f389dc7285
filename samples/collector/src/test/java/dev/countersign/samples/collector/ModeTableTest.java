package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/wire-protocol.md, each cell over every route that takes events. */
class ModeTableTest extends CollectorTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "wire-protocol.md");
    private static final List<String> PROOFS = List.of("none", "valid", "invalid");
    private static final List<String> ROUTES = List.of("single", "batch", "group", "sendora", "notificationapi");

    static Stream<Arguments> cells() throws IOException {
        List<Arguments> cells = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            String[] row = line.split("\\|");
            if (line.matches("\\| `(UNSIGNED_ONLY|OBSERVE|OPTIONAL|STRICT)` \\|.*")) {
                for (int proof = 0; proof < 3; proof++) {
                    for (String route : ROUTES) {
                        String mode = row[1].replace("`", "").strip();
                        cells.add(Arguments.of(mode, PROOFS.get(proof), route, row[proof + 2].strip()));
                    }
                }
            }
        }
        assertEquals(4 * 3 * ROUTES.size(), cells.size(), "the page has the whole table");
        return cells.stream();
    }

    @ParameterizedTest(name = "{0} with a proof that is {1} on the route {2}: {3}")
    @MethodSource("cells")
    @Tag("R45")
    @Tag("R46")
    @Tag("R47")
    @Tag("R48")
    @Tag("R51")
    @Tag("R52")
    @Tag("R53")
    @Tag("R58")
    @Tag("T10")
    void everyCell_isAsThePageSays(String mode, String proof, String route, String cell) {
        TestEnvironment environment = client.environment("hmac-base64", mode, "REJECT");
        String secret = environment.createKey().secret();

        Answer answer = send(environment, route, proof(proof, secret, "u_1"), proof(proof, secret, "acme"));

        if (cell.startsWith("refused")) {
            assertEquals(401, answer.status(), answer.text());
            assertEquals("IDENTITY_UNVERIFIED", answer.at("error", "code"));
            String reason = cell.contains("`") ? cell.replaceAll(".*`(.*)`", "$1") : "SIGNATURE_MISMATCH";
            Object said = route.equals("batch") ? answer.at("rejected", 0, "reason") : answer.at("error", "reason");
            assertEquals(reason, said);
            assertEquals(List.of(), stored(environment, "id"));
        } else {
            assertEquals(200, answer.status(), answer.text());
            assertEquals(List.of("u_1 " + cell), stored(environment, "owner, verdict"));
        }
    }

    private static String proof(String kind, String secret, String id) {
        return switch (kind) {
            case "none" -> null;
            case "valid" -> Proofs.base64(secret, id);
            default -> Proofs.base64("another secret of some length", id);
        };
    }

    private Answer send(TestEnvironment environment, String route, String user, String group) {
        String owner = user == null ? Events.user("u_1") : Events.user("u_1", user);
        return switch (route) {
            case "single" -> client.event(environment, Events.track(Events.id(), owner));
            case "batch" -> client.batch(environment, Events.track(Events.id(), owner));
            case "group" ->
                client.event(
                        environment,
                        Events.track(
                                Events.id(),
                                owner,
                                group == null ? Events.group("acme") : Events.group("acme", group)));
            case "sendora" -> client.event(environment, "{\"eventType\":\"paid\",\"properties\":{}," + owner + "}");
            default ->
                client.admin(
                        "POST",
                        "/" + environment.apiKey() + "/users/u_1/",
                        "{}",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                (environment.apiKey() + ":u_1" + (user == null ? "" : ":" + user))
                                                        .getBytes(StandardCharsets.UTF_8)));
        };
    }
}
