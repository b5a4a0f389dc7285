package dev.countersign.client.android;

import static org.junit.Assert.assertEquals;

import android.app.Activity;
import android.app.Application;
import android.content.res.Configuration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;

@RunWith(RobolectricTestRunner.class)
@Config(sdk = {21, 35})
public class VisibilityTest {
    private final Application app = RuntimeEnvironment.getApplication();
    private final AtomicInteger flushes = new AtomicInteger();
    private final AndroidPlatform platform = new AndroidPlatform(app, (level, message, cause) -> {});

    @Before
    public void begin() {
        platform.begin(flushes::incrementAndGet);
        flushes.set(0); // some systems tell at once that there is a network
    }

    @After
    public void end() {
        platform.end();
    }

    @Test
    public void theLastActivityThatStops_flushes() {
        ActivityController<Activity> first =
                Robolectric.buildActivity(Activity.class).setup();
        ActivityController<Activity> second =
                Robolectric.buildActivity(Activity.class).setup();
        first.pause().stop();
        assertEquals(0, flushes.get());
        second.pause().stop();
        assertEquals(1, flushes.get());
    }

    @Test
    public void comingBack_flushes() {
        ActivityController<Activity> activity =
                Robolectric.buildActivity(Activity.class).setup();
        assertEquals("the start of the app is no coming back", 0, flushes.get());
        activity.pause().stop();
        activity.restart().start().resume();
        assertEquals(2, flushes.get());
    }

    @Test
    public void aTurnOfTheScreen_doesNotFlush() {
        ActivityController<Activity> activity =
                Robolectric.buildActivity(Activity.class).setup();
        Configuration turned = new Configuration(app.getResources().getConfiguration());
        turned.orientation = Configuration.ORIENTATION_LANDSCAPE;
        activity.configurationChange(turned);
        assertEquals(0, flushes.get());
        activity.pause().stop();
        assertEquals(1, flushes.get());
    }

    @Test
    public void aClientBuiltLate_flushesAllTheSame() {
        platform.end();
        ActivityController<Activity> before =
                Robolectric.buildActivity(Activity.class).setup();
        platform.begin(flushes::incrementAndGet);
        flushes.set(0);
        before.pause().stop();
        assertEquals(1, flushes.get());
    }

    @Test
    public void aClosedClient_hearsNothing() {
        ActivityController<Activity> activity =
                Robolectric.buildActivity(Activity.class).setup();
        platform.end();
        platform.end();
        activity.pause().stop();
        assertEquals(0, flushes.get());
    }
}
