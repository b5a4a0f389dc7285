package dev.countersign.samples.backends.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the three lines at the top of each README on every HMAC vector. */
class SignatureSnippetsTest {
    private static final Pattern FIRST_BLOCK = Pattern.compile("```\\w+\n(.*?)```", Pattern.DOTALL);

    /** A program around the lines, and how to run it: it reads a secret and an id a line, in hex, and prints. */
    private record Harness(BackEndUnderTest backEnd, String file, String command, String program) {
        @Override
        public String toString() {
            return backEnd.name();
        }
    }

    static List<Harness> harnesses() {
        return List.of(
                new Harness(BackEndUnderTest.NODE, "s.js", "node s.js", """
                        for (const line of require('node:fs').readFileSync(0, 'utf8').trim().split('\\n')) {
                        const [secret, userId] = line.split(' ').map(hex => Buffer.from(hex, 'hex').toString('utf8'));
                        %s
                        console.log(hexSignature + ' ' + base64Signature); }"""),
                new Harness(BackEndUnderTest.PYTHON, "s.py", "python3 s.py", """
                        import base64, hashlib, hmac, sys
                        def sign(secret, user_id):
                            %s
                            print(hex_signature, base64_signature)
                        for line in sys.stdin:
                            sign(*(bytes.fromhex(part).decode('utf-8') for part in line.split()))"""),
                new Harness(BackEndUnderTest.PHP, "s.php", "php s.php", """
                        <?php declare(strict_types=1);
                        foreach (file('php://stdin', FILE_IGNORE_NEW_LINES) as $line) {
                        [$secret, $userId] = array_map('hex2bin', explode(' ', $line));
                        %s
                        echo "$hexSignature $base64Signature\\n"; }"""),
                new Harness(BackEndUnderTest.RUBY, "s.rb", "ruby s.rb", """
                        require 'base64'
                        require 'openssl'
                        STDIN.each_line do |line|
                          secret, user_id = line.split.map { |part| [part].pack('H*').force_encoding('UTF-8') }
                        %s
                          puts hex_signature + ' ' + base64_signature
                        end"""),
                new Harness(BackEndUnderTest.GO, "s.go", "go run s.go", """
                        package main
                        import ("bufio"; "crypto/hmac"; "crypto/sha256"; "encoding/base64"; "encoding/hex"; "fmt"; "os"; "strings")
                        func text(part string) string { bytes, _ := hex.DecodeString(part); return string(bytes) }
                        func main() { for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
                        parts := strings.Fields(lines.Text()); secret, userID := text(parts[0]), text(parts[1])
                        %s
                        fmt.Println(hexSignature, base64Signature) } }"""),
                new Harness(BackEndUnderTest.ELIXIR, "s.exs", "elixir s.exs", """
                        for line <- IO.stream(:stdio, :line) do
                          [secret, user_id] = line |> String.split() |> Enum.map(&Base.decode16!(&1, case: :lower))
                        %s
                          IO.puts(hex_signature <> " " <> base64_signature)
                        end"""),
                new Harness(BackEndUnderTest.CSHARP, "s.cs", "mcs -out:s.exe s.cs && mono s.exe", """
                        using System; using System.Linq; using System.Security.Cryptography; using System.Text;
                        static class S {
                        static string Text(string hex) => Encoding.UTF8.GetString(Enumerable.Range(0, hex.Length / 2)
                            .Select(i => Convert.ToByte(hex.Substring(2 * i, 2), 16)).ToArray());
                        static void Main() { for (string line; (line = Console.ReadLine()) != null;) {
                        var secret = Text(line.Split(' ')[0]); var userId = Text(line.Split(' ')[1]);
                        %s
                        Console.WriteLine(hexSignature + " " + base64Signature); } } }"""));
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    @Tag("R28")
    @Tag("T13")
    @Tag("T17")
    @Tag("T19")
    void theThreeLines_makeTheProofOfEveryVector(Harness harness, @TempDir Path directory) throws Exception {
        Installed.orSkip(harness.backEnd());
        String readme = Files.readString(harness.backEnd().folder().resolve("README.md"));
        Matcher block = FIRST_BLOCK.matcher(readme);
        block.find();
        List<String> lines = block.group(1).lines().toList();
        assertEquals(3, lines.size(), "lines");
        Files.writeString(directory.resolve(harness.file()), harness.program().formatted(String.join("\n    ", lines)));

        List<Map<String, String>> vectors = Vectors.all();
        String input = vectors.stream()
                .map(vector -> hex(vector.get("secret")) + " " + hex(vector.get("id")) + "\n")
                .collect(Collectors.joining());
        String output = Command.run(List.of("sh", "-c", harness.command()), directory, input);

        List<String> printed =
                output.lines().filter(line -> line.matches("[0-9a-f]{64} .*")).toList();
        assertEquals(vectors.size(), printed.size(), output);
        for (int i = 0; i < vectors.size(); i++) {
            Map<String, String> vector = vectors.get(i);
            String[] signatures = printed.get(i).split(" ", 2);
            Proofs.assertProof(vector.get("hex"), signatures[0], "hex", vector.get("secret"), vector.get("id"));
            Proofs.assertProof(vector.get("base64"), signatures[1], "base64", vector.get("secret"), vector.get("id"));
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }
}
