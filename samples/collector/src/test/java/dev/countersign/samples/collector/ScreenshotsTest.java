package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Makes the docs' pictures: a day of a roll-out through a real collector, on a clock that the test moves, photographed in
 * its dashboard; and the report of the last rotation demo, where there is one. Only with {@code -Dscreenshots=docs/images}.
 */
@Timeout(300)
@EnabledIfSystemProperty(named = "screenshots", matches = ".+", disabledReason = "pictures are made with -Dscreenshots")
class ScreenshotsTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path REPORT = ROOT.resolve("samples/rotation-demo/target/report.html");
    private static final Duration STEP = Duration.ofMinutes(30);
    private static final Duration BETWEEN = Duration.ofSeconds(4);
    private static final int STEPS = 47;
    private static final int A_STEP = 25;
    private static final List<String> NAMES = List.of("Invoice Paid", "Report Opened", "Price List Opened");
    private static final int WIDTH = 1200;

    private final Path pictures = ROOT.resolve(System.getProperty("screenshots"));
    private final ControlledTime time = new ControlledTime();
    private final Random random = new Random(11);
    private ChromeDriver browser;
    private WebDriverWait waiting;

    @Test
    void thePicturesOfTheDocs_areMade(@TempDir Path directory) throws IOException {
        assertTrue(Files.isDirectory(pictures), pictures + " is a folder");
        Settings settings = new Settings(
                directory.resolve("c.sqlite"), "127.0.0.1", 0, TestClient.ADMIN_TOKEN, null, Duration.ofDays(90));
        try (Collector collector = Collector.start(settings, time.time())) {
            TestEnvironment environment = new TestClient(collector.url())
                    .environment("{\"name\":\"production\",\"form\":\"hmac-v1\",\"mode\":\"OBSERVE\"}");
            aDayOf(environment);
            browser = Browser.open(directory, "--hide-scrollbars", "--force-device-scale-factor=1");
            waiting = new WebDriverWait(browser, Duration.ofSeconds(30));
            photograph(collector.url(), environment);
            if (Files.exists(REPORT)) {
                photographReport();
            } else {
                System.out.println("no picture of the report: mvn -Pdemo makes " + REPORT);
            }
        } finally {
            if (browser != null) {
                browser.quit();
            }
        }
    }

    /** Users get the version that signs, one after the other; 2.1.0 trims ids and forgets a prefix, until 2.1.1 comes. */
    private void aDayOf(TestEnvironment environment) {
        String secret = environment.createKey().secret();
        for (int step = 0; step < STEPS; step++) {
            double signing = 0.3 + 0.65 * step / STEPS;
            double mistaken = step < STEPS * 2 / 3 ? 0.1 : 0.005;
            for (int i = 0; i < A_STEP; i++) {
                String id = "u_" + (100 + random.nextInt(900));
                double what = (i * 7 % A_STEP + random.nextDouble()) / A_STEP; // spread evenly
                String proof = Proofs.v1(secret, what < mistaken ? id + " " : id);
                if (what >= mistaken && what < 1.5 * mistaken) {
                    proof = Proofs.hex(secret, id);
                }
                if (what > signing) {
                    send(environment, "2.0.3", Events.user(id));
                } else {
                    String version = what < 1.5 * mistaken || step < STEPS / 2 ? "2.1.0" : "2.1.1";
                    send(environment, version, Events.user(id, proof));
                }
                time.advance(BETWEEN);
            }
            time.advance(step < STEPS - 1 ? STEP.minus(BETWEEN.multipliedBy(A_STEP)) : BETWEEN);
        }
        send(environment, "2.1.0", Events.user("u_456", Proofs.v1(secret, "u_456 ")));
        time.advance(Duration.ofSeconds(3));
        send(environment, "2.1.1", Events.user("u_123", Proofs.v1(secret, "u_123")));
        time.advance(Duration.ofSeconds(20));
    }

    private void send(TestEnvironment environment, String version, String who) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        String context = "\"context\":{\"app\":{\"version\":\"" + version + "\"}}";
        environment
                .client()
                .event(environment, Events.track(Events.id(), who, context).replace("Invoice Paid", name));
    }

    private void photograph(String url, TestEnvironment environment) throws IOException {
        resize(1187);
        browser.get(url + "/");
        browser.findElement(By.name("token")).sendKeys(TestClient.ADMIN_TOKEN);
        press("Log in");
        waitFor(By.xpath("//h1[text()='Environments']"));
        String page = url + "/dashboard/environments/" + environment.id();
        browser.get(page);
        waiting.until(ExpectedConditions.textToBe(By.id("connection"), "live"));
        waiting.until(ExpectedConditions.visibilityOfElementLocated(By.id("charts")));
        save("collector-events.png");

        resize(917);
        browser.get(page + "/enforcement");
        new Select(browser.findElement(By.name("mode"))).selectByVisibleText("STRICT");
        press("Change mode");
        waitFor(By.cssSelector("article[role=alert]"));
        save("collector-enforcement.png");
    }

    private void photographReport() throws IOException {
        browser.get(REPORT.toAbsolutePath().normalize().toUri().toString());
        waitFor(By.tagName("svg"));
        assertTrue(
                browser.findElements(By.cssSelector("header.failed")).isEmpty(), "the report of a rotation that held");
        resize(number("return Math.ceil(document.querySelector('section').getBoundingClientRect().bottom) + 8"));
        save("rotation-report.png");
    }

    /** Gives the page so many pixels, without what the window has around it. */
    private void resize(long height) {
        long around = number("return window.outerHeight - window.innerHeight");
        browser.manage().window().setSize(new Dimension(WIDTH, (int) (height + around)));
    }

    private long number(String script) {
        return ((Number) browser.executeScript(script)).longValue();
    }

    private void waitFor(By element) {
        waiting.until(ExpectedConditions.presenceOfElementLocated(element));
    }

    private void press(String button) {
        browser.findElement(By.xpath("//main//button[normalize-space()='" + button + "']"))
                .click();
    }

    private void save(String name) throws IOException {
        Files.write(pictures.resolve(name), browser.getScreenshotAs(OutputType.BYTES));
    }
}
