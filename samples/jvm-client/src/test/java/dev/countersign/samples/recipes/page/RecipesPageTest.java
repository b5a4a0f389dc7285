package dev.countersign.samples.recipes.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.samples.recipes.Programs;
import dev.countersign.samples.recipes.page.Snippets.Company;
import dev.countersign.samples.recipes.page.Snippets.Session;
import dev.countersign.samples.recipes.page.Snippets.User;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/recipes.md: its calls are run, and OpenSSL computes from its tables what they have to return. */
class RecipesPageTest {
    private static final Path PAGE = Path.of("../../docs/recipes.md");
    private static final Pattern ROW = Pattern.compile("^\\| \\[([^\\]]+)\\]\\(#([a-z-]+)\\) \\|.*", Pattern.MULTILINE);
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final String SECRET = "0f8fad5b-d9cd-469f-a165-70867728950e";
    private static final long SECONDS = 1_795_239_420;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(SECONDS), ZoneOffset.UTC);
    private static final Session SESSION = new Session(new User("1234", "Sam@acme.co", "Sam é"), new Company("acme"));

    @TempDir
    Path classes;

    private record Row(String platform, String anchor, List<String> cells) {
        @Override
        public String toString() {
            return platform;
        }
    }

    static List<Row> signatures() throws IOException {
        return rows("## Signatures of an id", "## Tokens");
    }

    static List<Row> tokens() throws IOException {
        return rows("## Tokens", "## Not with a shared secret");
    }

    @ParameterizedTest
    @MethodSource("signatures")
    @Tag("R28")
    @Tag("T18")
    @Tag("T20")
    void aSignature_isWhatOpenSslMakesOfTheTablesRow(Row row) throws Exception {
        Programs.require("openssl");
        List<?> values = Snippets.run(block(row), keys(), SESSION, CLOCK, classes);
        List<String> messages = quoted(row.cells().get(1));
        assertFalse(values.isEmpty(), "no String in the call");
        assertTrue(messages.size() >= values.size(), row.cells().get(1));
        for (int i = 0; i < values.size(); i++) {
            assertEquals(expected(row.cells().get(2), filled(messages.get(i))), values.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("tokens")
    @Tag("R28")
    void aToken_hasTheClaimsOfTheTablesRow(Row row) throws Exception {
        List<?> values = Snippets.run(block(row), keys(), SESSION, CLOCK, classes);
        assertEquals(1, values.size());
        SignedJWT token = SignedJWT.parse((String) values.get(0));
        assertTrue(token.verify(new MACVerifier(SECRET.getBytes(UTF_8))));
        List<String> claims = quoted(row.cells().get(1));
        assertTrue(
                token.getPayload().toJSONObject().keySet().containsAll(claims),
                () -> claims + " in " + token.getPayload());
        assertEquals(
                row.cells().get(4).contains("(kid)") || row.platform().startsWith("Sunshine"),
                token.getHeader().getKeyID() != null);
    }

    @Test
    void everyBlock_belongsToARowOrIsCompiled() throws Exception {
        String page = Files.readString(PAGE);
        List<String> blocks = new ArrayList<>(
                JAVA.matcher(page).results().map(match -> match.group(1)).toList());
        for (Row row : Stream.concat(signatures().stream(), tokens().stream()).toList()) {
            assertTrue(blocks.remove(block(row)), row.platform());
        }
        assertEquals(1, blocks.size(), "blocks without a row");
        Snippets.compile(blocks.get(0), classes);
        assertTrue(Stream.concat(signatures().stream(), tokens().stream()).count() >= 12, "platforms");
    }

    private static List<Row> rows(String from, String to) throws IOException {
        String page = Files.readString(PAGE);
        String part = page.substring(page.indexOf(from), page.indexOf(to));
        return ROW.matcher(part)
                .results()
                .map(match -> new Row(match.group(1), match.group(2), cells(match.group())))
                .toList();
    }

    private static List<String> cells(String row) {
        return Stream.of(row.split("\\|")).skip(1).map(String::strip).toList();
    }

    /** The first block of the section that the row links to. */
    private static String block(Row row) throws IOException {
        String heading = "\n### " + row.platform() + "\n";
        assertEquals(
                row.anchor(), row.platform().toLowerCase(java.util.Locale.ROOT).replace(' ', '-'));
        String page = Files.readString(PAGE);
        int at = page.indexOf(heading);
        assertTrue(at >= 0, "no section for " + row.platform());
        int end = page.indexOf("\n#", at + heading.length());
        return JAVA.matcher(page.substring(at, end < 0 ? page.length() : end))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    private static String filled(String message) {
        return message.replace("user.id", SESSION.user().id())
                .replace("user.email", SESSION.user().email())
                .replace("user.name", SESSION.user().name())
                .replace("company.id", SESSION.company().id())
                .replace("seconds", Long.toString(SECONDS));
    }

    private static String expected(String form, String message) throws Exception {
        String digest = "openssl dgst -sha256 -hmac " + SECRET;
        String hex = openssl(digest + " -r | cut -d' ' -f1", message);
        return switch (form) {
            case "hex" -> hex;
            case "Base64" -> openssl(digest + " -binary | openssl base64 -A", message);
            case "`hmac_v1:` and hex" -> "hmac_v1:" + hex;
            case "hex and `-seconds`" -> hex + "-" + SECONDS;
            default -> throw new AssertionError("form " + form);
        };
    }

    private static String openssl(String command, String message) throws Exception {
        return Programs.run(Path.of("."), message, "sh", "-c", command).strip();
    }

    private static KeySource keys() {
        return KeySource.of(KeyRing.of(1, List.of(SigningKey.of("app_1", Secret.of(SECRET), KeyStatus.PRIMARY))));
    }
}
