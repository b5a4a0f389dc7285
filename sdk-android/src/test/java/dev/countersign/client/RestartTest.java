package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that was killed leaves to the next one. */
class RestartTest {
    @TempDir
    Path directory;

    private TestClient test;

    @BeforeEach
    void open() {
        test = TestClient.inProcess(directory.toFile(), settings -> settings);
        test.settle();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void drop_beforeTheDirectoryIsOpen_dropsNothingOfTheSessionThatFollows() {
        test.client.identify("u_1"); // nobody can prove it
        test.client.track("of the session that ended");
        test = test.restart();
        test.client.clearSession(ClearPolicy.DROP);
        test.client.identify("u_1", TestProofs.of("u_1", 1));
        test.client.track("of the next");
        test.flush();
        assertEquals(List.of("SESSION_CLEARED 2"), test.heard.drops);
        assertEquals(2, test.collector.stored().size());
        assertEquals("of the next", test.collector.storedNames().get(1));
    }

    @Test
    @Tag("R75")
    void theAnonymousId_isTheSameAfterARestartUntilTheSessionIsCleared() {
        test.client.track("before");
        test.flush();
        String first = test.client.getAnonymousId();
        test = test.restart();
        test.client.track("after");
        test.flush();
        assertEquals(first, test.client.getAnonymousId());
        assertEquals(first, test.collector.sent().get(1).anonymousId());
        test.client.clearSession();
        String second = test.client.getAnonymousId();
        assertNotEquals(first, second);
        test.client.track("of the next");
        test.flush();
        test = test.restart();
        test.flush();
        assertEquals(second, test.client.getAnonymousId());
    }

    @Test
    void badArguments_areRefusedAtOnceBeforeTheDirectoryIsOpenToo() {
        test = test.restart();
        assertThrows(IllegalArgumentException.class, () -> test.client.track(""));
        assertThrows(IllegalArgumentException.class, () -> test.client.identify(null));
        Attributes large = Attributes.of("a", "x".repeat(32_700));
        assertThrows(IllegalArgumentException.class, () -> test.client.track("a", large));
        test.flush();
        assertEquals(0, test.collector.batches.size());
        assertEquals(0, test.client.diagnostics().getQueuedEvents());
    }
}
