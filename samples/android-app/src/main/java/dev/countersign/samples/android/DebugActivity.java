package dev.countersign.samples.android;

import android.app.Activity;
import android.os.Bundle;
import android.widget.TextView;
import org.jspecify.annotations.Nullable;

/** How delivery stands, and what was refused last: what to look at first when events do not arrive. */
public final class DebugActivity extends Activity {

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        Column column = new Column(this);
        SampleApp app = SampleApp.of(this);
        column.add("diagnostics", new TextView(this))
                .setText(app.countersign().diagnostics().toString());
        column.add("lastRejection", new TextView(this))
                .setText(app.lastRejection().toString());
    }
}
