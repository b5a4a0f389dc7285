package dev.countersign.samples.backends.contract;

import static dev.countersign.samples.backends.contract.Installation.passwordOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How every token back end logs users in and out. */
abstract class LoginContract extends HealthContract {
    LoginContract(BackEndUnderTest backEnd) {
        super(backEnd);
    }

    @Test
    void theRightPassword_startsASessionInAnHttpOnlySameSiteCookie() throws Exception {
        Answer login = browser().login("ada", passwordOf("ada"));

        assertEquals(200, login.status());
        assertEquals("u_123", login.string("userId"));
        String cookie = login.header("set-cookie").toLowerCase(Locale.ROOT);
        assertTrue(cookie.contains("; httponly"), cookie);
        assertTrue(cookie.contains("; samesite=lax"), cookie);
    }

    @ParameterizedTest
    @CsvSource({"ada, wrong", "ada, ''", "nobody, wrong", "'', ''", "ADA, Päßword-of-ada"})
    void aWrongNameOrPassword_isRefusedWithoutSayingWhich(String username, String password) throws Exception {
        Browser browser = browser();

        Answer login = browser.login(username, password);

        assertEquals(401, login.status());
        assertEquals(
                Map.of("code", "LOGIN_FAILED", "message", "the user name or the password is wrong"),
                login.json().get("error"));
        assertEquals("NOT_LOGGED_IN", browser.identity("hex0").errorCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"username\":", "[]", "null", "\"ada\""})
    void aBodyThatIsNoLogin_isABadRequest(String body) throws Exception {
        assertEquals(400, browser().loginAs("application/json", body).status());
    }

    /** The request that another site's page can make a browser send without asking first. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void aLoginThatIsNotSentAsJson_startsNoSession(String contentType) throws Exception {
        Browser browser = browser();

        Answer login =
                browser.loginAs(contentType, Json.text(Map.of("username", "ada", "password", passwordOf("ada"))));

        assertTrue(login.status() >= 400 && login.status() < 500, "status " + login.status());
        assertEquals(401, browser.identity("hex0").status());
    }

    @Test
    void loggingIn_leavesTheSessionIdFromBeforeBehind() throws Exception {
        Browser browser = loggedIn("grace");
        String before = browser.cookieHeader();

        browser.login("ada", passwordOf("ada"));

        assertNotEquals(before, browser.cookieHeader());
        assertEquals(401, identityWithCookie(before).status());
        assertEquals("u_123", browser.identity("hex0").string("userId"));
    }

    @Test
    void loggingOut_endsTheSession() throws Exception {
        Browser browser = loggedIn("ada");
        String cookie = browser.cookieHeader();

        assertEquals(204, browser.logout().status());

        assertEquals(401, browser.identity("hex0").status());
        assertEquals(401, identityWithCookie(cookie).status());
    }
}
