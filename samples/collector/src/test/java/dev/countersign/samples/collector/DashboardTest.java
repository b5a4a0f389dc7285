package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The dashboard in a browser, from the log-in to a revocation. */
@Timeout(180)
class DashboardTest extends CollectorTest {
    private ChromeDriver browser;
    private WebDriverWait waiting;

    @BeforeAll
    void openBrowser(@TempDir Path profile) throws IOException {
        browser = Browser.open(profile);
        waiting = new WebDriverWait(browser, Duration.ofSeconds(30));
        browser.get(collector.url() + "/");
        browser.findElement(By.name("token")).sendKeys(TestClient.ADMIN_TOKEN);
        press("Log in");
        waitFor(By.xpath("//h1[text()='Environments']"));
    }

    @AfterAll
    void closeBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    private WebElement waitFor(By element) {
        return waiting.until(ExpectedConditions.presenceOfElementLocated(element));
    }

    private void press(String button) {
        browser.findElement(By.xpath("//main//button[normalize-space()='" + button + "']"))
                .click();
    }

    private void open(TestEnvironment environment, String page) {
        browser.get(collector.url() + "/dashboard/environments/" + environment.id() + page);
    }

    @Test
    @Tag("R29")
    @Tag("R36")
    void aNewKey_showsItsSecretOnce() {
        TestEnvironment environment = client.environment("hmac-hex", "OBSERVE", "REJECT");
        open(environment, "/keys");
        browser.findElement(By.name("description")).sendKeys("from a <b>browser</b>");
        press("Create key");
        String secret = waitFor(By.id("secret")).getText();
        String user = Events.user("u_1", Proofs.hex(secret, "u_1"));

        assertTrue(secret.matches("sis_[A-Za-z0-9_-]{43}"));
        assertEquals(
                200, client.event(environment, Events.track(Events.id(), user)).status());
        open(environment, "/keys");
        assertFalse(browser.getPageSource().contains(secret));
        assertTrue(browser.findElement(By.tagName("table")).getText().contains("from a <b>browser</b>"));
    }

    @Test
    @Tag("R49")
    @Tag("R50")
    @Tag("T11")
    void theSwitchToStrict_warnsWithWhatItWouldHaveRefused() {
        TestEnvironment environment = client.environment("hmac-hex", "OBSERVE", "REJECT");
        environment.createKey();
        client.event(environment, Events.track(Events.id(), Events.user("u_1")));
        open(environment, "/enforcement");
        new Select(browser.findElement(By.name("mode"))).selectByVisibleText("STRICT");
        press("Change mode");

        String warning = waitFor(By.cssSelector("article[role=alert]")).getText();
        assertTrue(warning.contains("Of the 1 events of the last 24 hours STRICT would have refused 1."), warning);
        assertTrue(warning.contains("No event of the last 24 hours was verified."), warning);
        assertEquals("OBSERVE", client.get(environment.path("")).at("mode"));

        press("Yes, refuse what is not verified");
        waitFor(By.cssSelector("strong.mode.STRICT"));
        assertEquals("STRICT", client.get(environment.path("")).at("mode"));
    }

    @Test
    void aRejection_appearsLive_andMarkupOfAClientIsText() {
        TestEnvironment environment = client.environment("hmac-hex", "STRICT", "REJECT");
        environment.createKey();
        String before = "<img src=x onerror=\\\"document.title='broken in'\\\">";
        client.event(environment, Events.track(Events.id(), Events.user(before)));
        browser.manage().logs().get("browser"); // What other tests caused.
        open(environment, "");
        waiting.until(ExpectedConditions.textToBe(By.id("connection"), "live"));

        String script = "<script>document.title='broken in'</script>";
        client.event(environment, Events.track(Events.id(), Events.user(script, "00".repeat(32))));
        WebElement row = waitFor(By.xpath("//tbody[@id='live']/tr[contains(., 'SIGNATURE_MISMATCH')]"));

        assertTrue(row.getText().contains(script), row.getText());
        assertTrue(browser.findElement(By.id("live")).getText().contains("<img src=x onerror="));
        assertEquals("Events of test · Countersign collector", browser.getTitle());
        assertEquals(List.of(), browser.findElements(By.cssSelector("#live script, #live img")));
        assertEquals(List.of(), browser.manage().logs().get("browser").getAll());
    }

    @Test
    @Tag("R70")
    void aProofIsChecked_andItsMistakeNamed() {
        TestEnvironment environment = client.environment("hmac-v1", "STRICT", "REJECT");
        String secret = environment.createKey().secret();
        open(environment, "/check");
        browser.findElement(By.name("id")).sendKeys("u_1");
        browser.findElement(By.name("proof")).sendKeys(Proofs.hex(secret, "u_1"));
        press("Check");

        String diagnosis = waitFor(By.id("diagnosis")).getText();

        assertTrue(diagnosis.contains("send hmac_v1: followed by the hex"), diagnosis);
    }

    @Test
    @Tag("R32")
    @Tag("R33")
    @Tag("R34")
    void aRevoke_asksWithTheKeysTraffic_andShowsInTheLog() {
        TestEnvironment environment = client.environment("hmac-hex", "STRICT", "REJECT");
        environment.createKey();
        TestEnvironment.Key second = environment.createKey();
        String user = Events.user("u_1", Proofs.hex(second.secret(), "u_1"));
        client.event(environment, Events.track(Events.id(), user));
        open(environment, "/keys/" + second.id() + "/revoke");
        assertTrue(browser.findElement(By.tagName("article")).getText().contains("1 proofs used this key"));

        browser.findElement(By.name("confirm")).sendKeys(second.id());
        press("Revoke for good");

        WebElement log = waitFor(By.xpath("//h2[text()='Revoked keys']/following::table"));
        assertTrue(log.getText().contains(second.id()), log.getText());
        Answer next = client.event(environment, Events.track(Events.id(), user, Events.keyName(second.id())));
        assertEquals("REVOKED_KEY", next.at("error", "reason"));
    }

    @Test
    void aRefusedStep_isAPage_withTheReason() {
        TestEnvironment environment = client.environment("hmac-hex", "STRICT", "REJECT");
        environment.createKey();
        TestEnvironment.Key second = environment.createKey();
        open(environment, "/keys/" + second.id() + "/revoke");
        browser.findElement(By.name("confirm")).sendKeys("key_other");
        press("Revoke for good");

        assertTrue(waitFor(By.cssSelector("article[role=alert]")).getText().contains("CONFIRMATION_REQUIRED"));
    }
}
