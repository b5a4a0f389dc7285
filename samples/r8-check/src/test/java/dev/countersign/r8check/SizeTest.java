package dev.countersign.r8check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Prints what the SDK costs an app, from the headers of the dex files, and holds it where it is. */
class SizeTest {
    /** Where the header holds the number of method references, by the dex format's specification. */
    private static final int METHOD_IDS_SIZE = 0x58;

    private static final Path WORK = Path.of(System.getProperty("r8.work"));

    /** Dex as it is mapped, and as it lies in an APK. */
    private record Dex(byte[] bytes, long compressed) {
        int methods() {
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(METHOD_IDS_SIZE);
        }

        @Override
        public String toString() {
            return String.format(
                    "dex %,d bytes, %,d in an APK, %,d method references", bytes.length, compressed, methods());
        }
    }

    @Test
    void whatTheSdkCosts_staysSmall() throws IOException {
        Dex sdk = dex(WORK.resolve("sdk-dex.zip"));
        Path jar = Path.of(System.getProperty("sdk.jar"));
        Path aar = jar.resolveSibling(jar.getFileName().toString().replaceFirst("jar$", "aar"));
        System.out.println("SDK alone, all of its public API kept: " + sdk);
        System.out.printf("jar %,d bytes, AAR %,d bytes%n", Files.size(jar), Files.size(aar));
        assertTrue(sdk.compressed() < 76_000, "what the smallest peer's AAR has: " + sdk);
        assertTrue(sdk.methods() < 1_200, "a small part of the 65,536 that a dex file holds: " + sdk);
        assertTrue(Files.size(jar) < 210_000, "jar " + Files.size(jar));
        assertTrue(Files.size(aar) < 140_000, "AAR " + Files.size(aar));
        Path app = WORK.resolve("app-dex.zip");
        if (Files.exists(app)) { // not with -Dr8.short
            System.out.println("app + SDK + OkHttp + Moshi, shrunk: " + dex(app));
        }
    }

    private static Dex dex(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            ZipEntry entry = file.getEntry("classes.dex");
            return new Dex(file.getInputStream(entry).readAllBytes(), entry.getCompressedSize());
        }
    }
}
