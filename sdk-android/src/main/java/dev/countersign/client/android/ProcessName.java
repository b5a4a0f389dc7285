package dev.countersign.client.android;

import android.os.Build;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The name of the app's process: an app may have several, such as {@code com.example:sync}. */
final class ProcessName {
    private static final int MAX_BYTES = 256;
    private static final int MAX_LENGTH = 40;

    private ProcessName() {}

    /** This process's; before API 28 it is read from a file. */
    static String current() throws IOException {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) {
            return Api28.processName();
        }
        try (InputStream file = new FileInputStream("/proc/self/cmdline")) {
            byte[] line = new byte[MAX_BYTES];
            int length = 0;
            for (int b = file.read(); b > 0 && length < MAX_BYTES; b = file.read()) {
                line[length++] = (byte) b;
            }
            return new String(line, 0, length, StandardCharsets.UTF_8);
        }
    }

    /** A folder for each process; that of the main one is {@code main}. */
    static String folder(String process, @Nullable String mainProcess) {
        if (process.equals(mainProcess)) {
            return "main";
        }
        String readable = process.substring(process.lastIndexOf(':') + 1).replaceAll("[^A-Za-z0-9_-]", "_");
        CRC32 crc = new CRC32();
        crc.update(process.getBytes(StandardCharsets.UTF_8));
        return String.format(
                Locale.ROOT, "%s-%08x", readable.substring(0, Math.min(readable.length(), MAX_LENGTH)), crc.getValue());
    }
}
