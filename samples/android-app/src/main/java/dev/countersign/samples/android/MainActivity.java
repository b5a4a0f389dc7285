package dev.countersign.samples.android;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.util.Log;
import android.widget.Button;
import android.widget.Switch;
import dev.countersign.client.Countersign;
import dev.countersign.client.delivery.CollectionMode;
import dev.countersign.client.event.Attributes;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the app is about: a button that is tracked, the user's consent, and the way out. */
@SuppressWarnings("NullAway.Init") // by onCreate
public final class MainActivity extends Activity {
    private SampleApp app;
    private Countersign countersign;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        app = SampleApp.of(this);
        countersign = app.countersign();
        Column column = new Column(this);

        Button pay = column.add("pay", new Button(this));
        pay.setText("Pay the invoice");
        pay.setOnClickListener(view -> countersign.track("Invoice Paid", Attributes.of("amount", 42.5)));

        Switch consent = column.add("consent", new Switch(this));
        consent.setText("Send usage data");
        consent.setChecked(countersign.diagnostics().getCollection() == CollectionMode.ENABLED);
        consent.setOnCheckedChangeListener((view, agreed) -> agree(agreed));

        Button debug = column.add("debug", new Button(this));
        debug.setText("Delivery");
        debug.setOnClickListener(view -> startActivity(new Intent(this, DebugActivity.class)));

        Button logOut = column.add("logOut", new Button(this));
        logOut.setText("Log out");
        logOut.setOnClickListener(view -> logOut());
    }

    private void agree(boolean agreed) {
        if (agreed) {
            countersign.setCollection(CollectionMode.ENABLED);
            app.identify(); // a no made Countersign forget who it is
        } else {
            countersign.setCollection(CollectionMode.DISABLED);
        }
    }

    private void logOut() {
        app.background().execute(() -> {
            countersign.flush(2, TimeUnit.SECONDS); // while the back end still gives out this user's proof
            app.forgetUser();
            try {
                app.backEnd().logOut();
            } catch (IOException e) {
                Log.w("Sample", "the session at the back end ends by itself", e);
            }
            runOnUiThread(() -> {
                startActivity(new Intent(this, LoginActivity.class));
                finish();
            });
        });
    }
}
