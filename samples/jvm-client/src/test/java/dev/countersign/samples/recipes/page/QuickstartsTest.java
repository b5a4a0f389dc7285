package dev.countersign.samples.recipes.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.recipes.Programs;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows docs/quickstart-backend.md and then docs/quickstart-jvm.md in one shell: saves their files, types their commands
 * and compares the answers. An ellipsis stands for what differs from run to run; the ports are free ones.
 */
@Timeout(600)
class QuickstartsTest {
    private static final String BACK_END = "docs/quickstart-backend.md";
    private static final String JVM = "docs/quickstart-jvm.md";
    private static final Pattern CLASS_NAME = Pattern.compile("^public class (\\w+)", Pattern.MULTILINE);
    private static final Pattern SAVED_AS = Pattern.compile("^`(run/\\S+)`", Pattern.MULTILINE);

    private static final List<String> FOLDERS = List.of("samples", "sdk-server");

    private Path root;
    private BuiltModules modules;
    private TypedShell shell;
    private int collectorPort;
    private int backEndPort;

    @Test
    @Tag("R58")
    @Tag("T13")
    void bothPagesAreFollowed_whatTheySayComesTrue(@TempDir Path directory) throws Exception {
        Programs.require("bash", "curl", "openssl", "sed", "mvn");
        root = Files.createDirectory(directory.resolve("root"));
        for (String folder : FOLDERS) {
            Files.createSymbolicLink(root.resolve(folder), Block.ROOT.resolve(folder));
        }
        modules = new BuiltModules(directory);
        collectorPort = freePort();
        backEndPort = freePort();
        Map<String, String> environment = Map.of("PORT", Integer.toString(collectorPort));
        try (TypedShell opened = new TypedShell(root, environment, directory.resolve("errors"))) {
            shell = opened;
            shell.type(modules.shellFunction());
            assertEquals(2, follow(BACK_END), "answers compared");
            assertEquals(1, follow(JVM), "answers compared");
            assertEquals(
                    List.of("u_123 track VERIFIED", "u_123 identify VERIFIED", "u_123 track VERIFIED"),
                    stored(),
                    "what the dashboard shows");
            takeTheNetworkAway();
        } finally {
            for (String folder : FOLDERS) {
                Files.delete(root.resolve(folder));
            }
        }
    }

    /** Does what a page says, from its first block to its last; returns how many answers it shows. */
    private int follow(String page) throws Exception {
        int answers = 0;
        List<String> printed = List.of();
        for (Block block : Block.of(page)) {
            switch (block.language()) {
                case "sh" -> printed = type(block.text());
                case "json", "-" -> {
                    assertShown(block, printed);
                    answers++;
                }
                default -> save(page, block);
            }
        }
        return answers;
    }

    private List<String> type(String block) throws Exception {
        modules.build(block);
        List<String> printed = shell.type(here(block));
        if (block.contains("collector.jar &")) {
            assertEquals("collector listening on " + collector(), shell.await("collector listening on "));
        } else if (block.contains("IdentityServer.java")) {
            shell.await("back end listening on ");
        }
        return printed;
    }

    /** "Take the network away", of the second page. */
    private void takeTheNetworkAway() throws Exception {
        String page = Files.readString(Block.ROOT.resolve(JVM));
        assertTrue(
                page.contains("(`kill %1` in its shell)") && page.contains("run `app` again: `all sent: false`"), page);
        shell.type("kill %1; wait %1 || true");
        List<String> offline = shell.type("app");
        assertTrue(offline.contains("all sent: false"), offline::toString);
        assertTrue(offline.stream().anyMatch(line -> line.contains("queued 2 events")), offline::toString);
        type(sh(BACK_END, "mvn")
                .lines()
                .filter(line -> line.endsWith("&"))
                .findFirst()
                .orElseThrow());
        List<String> back = shell.type("app");
        assertTrue(back.contains("all sent: true"), back::toString);
        assertEquals(3 + 4, stored().size(), "sends all four");
    }

    /** A file that the reader makes, where the page's prose says so; other blocks are parts of the reader's own. */
    private void save(String page, Block block) throws IOException {
        String name = CLASS_NAME.matcher(block.text()).find() || block.text().startsWith("<project")
                ? named(page, block)
                : "";
        if (!name.isEmpty()) {
            Files.writeString(root.resolve(name), here(block.text()));
        }
    }

    /** The last {@code run/…} that begins a line before the block. */
    private static String named(String page, Block block) throws IOException {
        List<String> before = Files.readAllLines(Block.ROOT.resolve(page)).subList(0, block.line() - 1);
        List<String> names = SAVED_AS.matcher(String.join("\n", before))
                .results()
                .map((MatchResult one) -> one.group(1))
                .toList();
        assertTrue(!names.isEmpty(), block + ": the page does not say where to save it");
        return names.get(names.size() - 1);
    }

    private static String sh(String page, String start) throws IOException {
        return Block.of(page).stream()
                .filter(block -> block.language().equals("sh") && block.text().startsWith(start))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private String here(String text) {
        return text.replace("http://127.0.0.1:8080", collector())
                .replace("127.0.0.1:8081", "127.0.0.1:" + backEndPort)
                .replace("(\"127.0.0.1\", 8081)", "(\"127.0.0.1\", " + backEndPort + ")");
    }

    private String collector() {
        return "http://127.0.0.1:" + collectorPort;
    }

    /** In any order: the second page says that two of its lines may change places. */
    private static void assertShown(Block shown, List<String> printed) {
        List<String> left = new ArrayList<>(printed);
        for (String line : shown.text().lines().toList()) {
            Pattern pattern = Pattern.compile(Pattern.quote(line).replace("…", "\\E.+\\Q"));
            assertTrue(
                    left.removeIf(one -> pattern.matcher(one).matches()),
                    () -> shown + "\n" + line + "\nin " + printed);
        }
        assertEquals(List.of(), left, () -> shown + " shows less");
    }

    private List<String> stored() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("run/collector.db"));
                ResultSet row = database.createStatement()
                        .executeQuery("SELECT json_extract(body, '$.userId'), type, verdict FROM event ORDER BY id")) {
            while (row.next()) {
                rows.add(row.getString(1) + " " + row.getString(2) + " " + row.getString(3));
            }
        }
        return rows;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
