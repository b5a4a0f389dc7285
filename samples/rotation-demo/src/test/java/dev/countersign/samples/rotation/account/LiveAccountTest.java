package dev.countersign.samples.rotation.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveAccountTest {

    private final SettableClock clock = new SettableClock();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Phases phases = new Phases(clock);
    private final LiveAccount account =
            new LiveAccount(phases, new PrintStream(printed, true, StandardCharsets.UTF_8), clock);

    @Test
    void aSecond_showsPhaseRateKeysAndCounts() {
        phases.begin(2, "drain the old key");
        account.clientSays("a", "{\"tracked\":90,\"accepted\":80,\"rejected\":{},\"dropped\":0,\"queued\":10}");
        account.clientSays(
                "b", "{\"tracked\":20,\"accepted\":20,\"rejected\":{\"EXPIRED\":2},\"dropped\":0,\"queued\":0}");
        account.clientSays("b", "not an account");
        account.forgerSays("{\"RANDOM_HEX\":{\"SIGNATURE_MISMATCH\":7,\"MALFORMED\":3}}");
        clock.now = 2_000;

        account.tick("K1 62% K2 38%");

        assertEquals(
                "  2 s  rotation 2: drain the old key          50/s  K1 62% K2 38%  accepted     100"
                        + "  rejected 2 (EXPIRED 2)  forged 10: 0 accepted\n",
                printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void everyTenthSecond_saysWhatTheForgerWasTold_theCommonestFirst() {
        phases.begin(0, "steady traffic");
        account.forgerSays("{\"RANDOM_HEX\":{\"MALFORMED\":3},\"OWN_SECRET\":{\"SIGNATURE_MISMATCH\":7}}");
        for (int second = 1; second <= 10; second++) {
            account.tick("");
        }
        assertTrue(printed.toString(StandardCharsets.UTF_8)
                .endsWith("       the forger was told: SIGNATURE_MISMATCH 7, MALFORMED 3\n"));
    }

    @Test
    void refusals_areNotedAsTheyAreReported() {
        clock.now = 500;
        account.clientSays("a", "{\"rejected\":{\"EXPIRED\":2}}");
        clock.now = 1_500;
        account.clientSays("a", "{\"rejected\":{\"EXPIRED\":2}}");
        account.clientSays("a", "{\"rejected\":{\"EXPIRED\":2,\"REVOKED_KEY\":3}}");

        assertEquals(List.of(new Refused(500, 2), new Refused(1_500, 3)), account.refusals());
        assertEquals(5, account.allClients().rejectedTotal());
    }

    private static final class SettableClock extends Clock {
        private long now;

        @Override
        public long millis() {
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
