package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.testkit.Answers;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import okhttp3.Request;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No proof, id of a user, or attribute in any log at any level, also on the paths that fail. */
class RedactionTest {

    @Test
    @Tag("R67")
    @Tag("T24")
    void aStormyLife_printsNothingSensitive() {
        List<String> lines = new ArrayList<>();
        Handler capture = new Handler() {
            @Override
            public synchronized void publish(LogRecord record) {
                lines.add(record.getMessage() + " " + record.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        // Not the root: the test's own server logs there what it is sent.
        Logger ours = Logger.getLogger("dev.countersign");
        Logger http = Logger.getLogger("okhttp3.OkHttpClient");
        ours.setLevel(Level.ALL);
        http.setLevel(Level.ALL);
        ours.setUseParentHandlers(false);
        ours.addHandler(capture);
        http.addHandler(capture);
        try {
            live();
        } finally {
            ours.removeHandler(capture);
            http.removeHandler(capture);
            ours.setUseParentHandlers(true);
        }
        String log = lines.toString();
        assertTrue(lines.size() >= 5, log);
        assertFalse(log.contains("hmac_v1"), log);
        assertFalse(log.contains("u_secret"), log);
        assertFalse(log.contains("a@b.c"), log);
        assertFalse(log.contains("pk_test"), log);
    }

    private static void live() {
        int[] calls = {0};
        try (TestClient rig =
                TestClient.overHttp(builder -> builder.logger(new JavaLogger()).proofProvider(request -> {
                    if (calls[0]++ == 0) {
                        throw new IllegalStateException(TestProofs.value("u_secret", 1) + " was no good");
                    }
                    return IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), 1));
                }))) {
            rig.client.identify("u_secret", Attributes.of("email", "a@b.c"));
            rig.client.track("x", Attributes.of("email", "a@b.c"), outcome -> {
                throw new IllegalArgumentException("the app's own fault");
            });
            rig.collector.next(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
            rig.collector.next(new MockResponse().setResponseCode(500).setBody(TestProofs.value("u_secret", 1)));
            rig.collector.next(Answers.unverified("SIGNATURE_MISMATCH"));
            rig.collector.next(Answers.error(401, "INVALID_API_KEY"));
            rig.flush();
            rig.pass(20, TimeUnit.MINUTES);
            rig.client.clearSession();
            rig.client.identify("u_secret", TestProofs.of("u_secret", 3));
            rig.flush();
            for (Request request : rig.collector.requests) {
                assertFalse(request.url().toString().contains("hmac_v1"));
                assertFalse(request.headers().toString().contains("hmac_v1"));
            }
            assertFalse(rig.client.diagnostics().toString().contains("u_secret"));
            assertFalse(rig.client.toString().contains("u_secret"));
        }
    }
}
