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

/** Prints what the SDK costs an app, from the headers of the dex files. */
class SizeTest {
    /** Where the header holds the number of method references, by the dex format's specification. */
    private static final int METHOD_IDS_SIZE = 0x58;

    private static final Path WORK = Path.of(System.getProperty("r8.work"));

    @Test
    void whatTheSdkCosts_isPrinted() throws IOException {
        byte[] sdk = dex("sdk-dex.zip");
        byte[] app = dex("app-dex.zip");
        long jar = Files.size(Path.of(System.getProperty("sdk.jar")));
        System.out.printf(
                "SDK alone, all of its public API kept: dex %,d bytes, %,d method references; jar %,d bytes%n",
                sdk.length, methods(sdk), jar);
        System.out.printf(
                "app + SDK + OkHttp + Moshi, shrunk: dex %,d bytes, %,d method references%n", app.length, methods(app));
        assertTrue(methods(sdk) < 5_000, "a small part of the 65,536 that a dex file holds");
    }

    private static byte[] dex(String zip) throws IOException {
        try (ZipFile file = new ZipFile(WORK.resolve(zip).toFile())) {
            ZipEntry entry = file.getEntry("classes.dex");
            return file.getInputStream(entry).readAllBytes();
        }
    }

    private static int methods(byte[] dex) {
        return ByteBuffer.wrap(dex).order(ByteOrder.LITTLE_ENDIAN).getInt(METHOD_IDS_SIZE);
    }
}
