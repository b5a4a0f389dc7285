package dev.countersign.samples.android;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import android.app.Activity;
import android.content.Intent;
import android.os.Looper;
import android.view.View;
import android.widget.Button;
import android.widget.EditText;
import android.widget.Switch;
import android.widget.TextView;
import dev.countersign.samples.rotation.ledger.StoredEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowSystemClock;

/** The app in the hands of two users, before the real collector and a real back end. */
@RunWith(SampleRunner.class)
@Config(sdk = 35, manifest = Config.NONE, application = AppPathTest.App.class)
public class AppPathTest {
    private static World world;

    @Rule
    public final TemporaryFolder directory = new TemporaryFolder();

    private App app;
    private ActivityController<? extends Activity> screen;

    /** The app, whose background work is done at once and whose world is the test's. */
    public static final class App extends SampleApp {
        @Override
        public void onCreate() {
            // The world is not there yet: start() goes on.
        }

        void start() {
            super.onCreate();
        }

        @Override
        protected Executor background() {
            return Runnable::run;
        }

        @Override
        protected Settings settings() {
            return world.settings();
        }
    }

    @Before
    public void start() throws Exception {
        world = new World(directory.getRoot().toPath());
        app = (App) RuntimeEnvironment.getApplication();
        app.start();
        screen = Robolectric.buildActivity(LoginActivity.class).setup();
    }

    @After
    public void end() {
        app.countersign().close(0, TimeUnit.SECONDS);
        world.close();
    }

    @Test
    public void twoUsersInTurn_whileAKeyIsRotated_loseNothingAndCrossNothing() throws Exception {
        logIn("alice", world.alicesPassword);
        pay(3);
        deliver();
        world.bringInNewKey();
        nearlyOutliveTheProof();
        int alices = 3;
        for (int i = 0; i < 200 && world.acceptedWithNewKey() == 0; i++) { // the app fetches a proof of the new key
            pay(1);
            alices++;
            deliver();
        }
        assertTrue(world.acceptedWithNewKey() > 0);
        world.revokeOldKey();
        pay(2);
        alices += 2;
        logOut();
        logIn("bob", world.bobsPassword);
        pay(4);
        deliver();

        open(DebugActivity.class);
        assertTrue(text("diagnostics"), text("diagnostics").contains("queued 0 events"));
        assertEquals("nothing rejected", text("lastRejection"));
        assertEquals(Map.of(), world.collector.refusals());
        Map<String, Integer> stored = new HashMap<>();
        for (StoredEvent event : world.stored()) {
            assertEquals("VERIFIED", event.verdict());
            stored.merge(event.userId() + " " + event.type(), 1, Integer::sum);
        }
        assertEquals(
                Map.of("u_alice identify", 1, "u_alice track", alices, "u_bob identify", 1, "u_bob track", 4), stored);
    }

    @Test
    public void anExpiredSession_opensTheLogInScreenWhichForgetsTheUser() throws Exception {
        logIn("alice", world.alicesPassword);
        deliver();
        String anonymous = app.countersign().getAnonymousId();
        app.backEnd().logOut(); // the back end's session ends while the app is open
        nearlyOutliveTheProof();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Shadows.shadowOf(app).peekNextStartedActivity() == null && System.nanoTime() < end) {
            Thread.yield();
        }
        follow(LoginActivity.class);
        assertNotEquals(anonymous, app.countersign().getAnonymousId());
        logIn("bob", world.bobsPassword);
        pay(1);
        deliver();
        List<StoredEvent> stored = world.stored();
        assertEquals(
                List.of("u_alice", "u_bob", "u_bob"),
                stored.stream().map(StoredEvent::userId).toList());
    }

    @Test
    public void withoutConsent_nothingIsRecorded() throws Exception {
        logIn("alice", world.alicesPassword);
        deliver();
        this.<Switch>view("consent").setChecked(false);
        pay(5);
        this.<Switch>view("consent").setChecked(true);
        pay(1);
        deliver();
        List<StoredEvent> stored = world.stored();
        assertEquals(
                List.of("identify", "identify", "track"),
                stored.stream().map(StoredEvent::type).toList());
    }

    @Test
    public void aWrongPassword_isToldAndIdentifiesNobody() {
        this.<EditText>view("username").setText("alice");
        this.<EditText>view("password").setText("wrong");
        click("logIn");
        assertEquals("Wrong user name or password", text("message"));
        assertNull(Shadows.shadowOf(app).getNextStartedActivity());
    }

    private void logIn(String name, String password) {
        this.<EditText>view("username").setText(name);
        this.<EditText>view("password").setText(password);
        click("logIn");
        follow(MainActivity.class);
    }

    private void logOut() {
        click("logOut");
        follow(LoginActivity.class);
    }

    private void pay(int times) {
        for (int i = 0; i < times; i++) {
            click("pay");
        }
    }

    /** Time passes until the client looks for another proof. */
    private void nearlyOutliveTheProof() {
        ShadowSystemClock.advanceBy(Duration.ofSeconds(World.PROOF_LIFETIME_SECONDS - 30));
        app.countersign().flush();
    }

    private void deliver() {
        assertTrue(app.countersign().diagnostics().toString(), app.countersign().flush(30, TimeUnit.SECONDS));
    }

    /** The app asked for this screen: shows it, as the system would. */
    private void follow(Class<? extends Activity> next) {
        Intent opened = Shadows.shadowOf(app).getNextStartedActivity();
        assertEquals(next.getName(), opened.getComponent().getClassName());
        open(next);
    }

    private void open(Class<? extends Activity> next) {
        ActivityController<? extends Activity> before = screen;
        screen = Robolectric.buildActivity(next).setup();
        before.pause().stop();
    }

    private void click(String tag) {
        this.<Button>view(tag).performClick();
        Shadows.shadowOf(Looper.getMainLooper()).idle();
    }

    private String text(String tag) {
        return this.<TextView>view(tag).getText().toString();
    }

    private <V extends View> V view(String tag) {
        return screen.get().getWindow().getDecorView().findViewWithTag(tag);
    }
}
