package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Chromium without a window, which asks for nothing but what it is told to open. */
final class Browser {
    private static final File CHROMIUM = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");

    private Browser() {}

    /**
     * Opens one; skips the calling test, saying why, where it is not installed, and fails it with {@code CI=true}.
     *
     * @param directory for its profile
     */
    static ChromeDriver open(Path directory, String... arguments) throws IOException {
        String missing = "chromium and chromium-driver are not installed: the dashboard is not looked at";
        boolean present = CHROMIUM.canExecute() && DRIVER.canExecute();
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(present, missing);
        }
        if (!present) {
            System.out.println("skipped: " + missing);
        }
        Assumptions.assumeTrue(present, missing);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + Files.createTempDirectory(directory, "profile"));
        options.addArguments(arguments);
        return new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
    }
}
