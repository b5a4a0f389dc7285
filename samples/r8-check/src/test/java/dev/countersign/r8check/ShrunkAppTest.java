package dev.countersign.r8check;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;

/** Runs the shrunk app against a collector on loopback HTTP. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 35)
public class ShrunkAppTest {
    private static final String FIRST = "hmac_v1:" + "1".repeat(64);
    private static final String SECOND = "hmac_v1:" + "2".repeat(64);

    private final LoopbackCollector collector = new LoopbackCollector(SECOND);

    @After
    public void close() {
        collector.close();
    }

    @Test
    public void theShrunkClient_deliversAllAfterARefusedProof() {
        String result = new SmokeApp(SECOND).run(RuntimeEnvironment.getApplication(), collector.url(), FIRST, 1000);
        System.out.println(result + ", requests " + collector.requests() + ", refused whole " + collector.refused());
        assertTrue(result, result.startsWith("all true, fetches 1, refused for SIGNATURE_MISMATCH"));
        assertEquals(1001, collector.stored().size());
        assertTrue("a 401 came first", collector.refused() >= 1);
    }

    @Test
    public void theClassesUnderTest_areTheShrunkOnes() {
        assertThrows(
                ClassNotFoundException.class, () -> Class.forName("dev.countersign.client.internal.queue.EventQueue"));
        assertThrows(ClassNotFoundException.class, () -> Class.forName("com.squareup.moshi.JsonAdapter"));
    }
}
