package dev.countersign.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.server.key.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator types in the wrong place does not end in scroll-back and CI logs. */
@Tag("R67")
class NothingSecretIsPrintedTest {
    private static final String SECRET = Secret.generateText();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sign --form=hmac-v1 --user=u --secret %s",
                "sign --form=hmac-v1 --user=u --secret=%s",
                "sign --form=hmac-v1 --user=u %s",
                "sign --form=hmac-v1 --user=u -p%s",
                "sign --form=%s --user=u",
                "sign --form=hmac-v1 --user=u --secret-file %s",
                "sign --form=hmac-v1 --user=u --secret-env %s",
                "sign --form=hmac-v1 --user=u --ring %s",
                "sign --form=hmac-v1 --user=u --key-id=%s --secret-env=PATH",
                "verify --form=hmac-v1 --user=u --secret-env=PATH --proof hmac_v1:%s",
                "verify --form=hmac-v1 --user=u --secret-env=PATH --proof-file=hmac_v1:%s",
                "verify --form=hmac-v1 --secret-env=PATH --identity=%s",
                "verify --form=jwt --any-audience --secret-env=PATH --at=%s",
                "keys new %s --create-ring --ring=r.json",
                "keys new k --create-ring --ring=%s/r.json",
                "keys new k %s --ring=r.json",
                "keys new k --ring=r.json --if-version=%s",
                "keys promote %s --ring=r.json",
                "keys revoke k --yes --ring=r.json --replace-with-new=%s",
                "%s",
                "keys %s"
            })
    void aSecretWhereNoneBelongs_isNotRepeated(String line) {
        for (String json : new String[] {"", " --json"}) {
            Run run = Run.of((String.format(line, SECRET) + json).split(" "));
            assertTrue(run.exitCode() == 2 || run.exitCode() == 4, run.exitCode() + run.out() + run.err());
            assertFalse((run.out() + run.err()).contains(SECRET), "printed");
            assertFalse((run.out() + run.err()).contains(SECRET.substring(4)), "printed");
        }
    }

    @Test
    void aSecretThatIsNotAllowed_isRefusedByRuleAndLength() throws IOException {
        assertEquals(
                "countersign: secret has 5 bytes; allowed are 16 or more (--short-secret takes a platform's shorter one)\n",
                signedWith("short").err());
        assertEquals(
                "countersign: secret has quotes around it\n",
                signedWith("\"0123456789abcdef\"").err());
        assertEquals(
                "countersign: secret has white space around it\n",
                signedWith("0123456789abcdef\n").err());
        assertEquals(0, signedWith("0123456789abcdef0123456789abcdef\r").exitCode());
    }

    @Test
    void aRingThatIsNoRing_isRefusedByFieldAndRule() throws IOException {
        Path ring = Files.writeString(
                directory.resolve("r.json"),
                "{\"version\":1,\"keys\":[{\"id\":\"k\",\"status\":\"active\",\"secret\":\"" + SECRET + "\"}]}");
        Run run = Run.of("keys", "list", "--ring=" + ring);
        assertEquals(4, run.exitCode());
        assertEquals(
                "countersign: ring file " + ring.toRealPath()
                        + ": keys[0].status is unknown; allowed are pending, primary, retiring and revoked\n",
                run.err());
    }

    @Test
    void anIdentityThatIsNotJson_isRefusedWithoutItsText() throws IOException {
        Path identity = Files.writeString(directory.resolve("i"), "{\"identityToken\":\"" + SECRET + "\"} x");
        Run run = Run.of("verify", "--form=hmac-v1", "--ring=none", "--identity=" + identity);
        assertEquals(4, run.exitCode());
        assertEquals("countersign: the file of --identity is not one JSON object\n", run.err());
        Files.writeString(identity, "{\"userId\":1234,\"identityToken\":\"" + SECRET + "\"}");
        Run number = Run.of("verify", "--form=hmac-v1", "--ring=none", "--identity=" + identity);
        assertEquals(
                "countersign: userId in the file of --identity is not a string; allowed is a JSON string,"
                        + " as in \"1234\"\n",
                number.err());
    }

    @Test
    void aUserIdThatMovesTheCursor_isPrintedAsText() throws IOException {
        Path secret = Files.writeString(directory.resolve("s"), SECRET);
        Run signed = Run.of("sign", "--form=jwt", "--audience=e", "--user=\u001b[2J\u202e", "--secret-file=" + secret);
        Path proof = Files.writeString(directory.resolve("p"), signed.out());
        Run run = Run.of("verify", "--form=jwt", "--audience=e", "--secret-file=" + secret, "--proof-file=" + proof);
        assertTrue(run.out().contains("about user \"\\u001b[2J\\u202e\""), run.out());
    }

    private Run signedWith(String secret) throws IOException {
        Path file = Files.writeString(directory.resolve("s"), secret + "\n");
        return Run.of("sign", "--form=hmac-hex", "--user=u", "--secret-file=" + file);
    }
}
