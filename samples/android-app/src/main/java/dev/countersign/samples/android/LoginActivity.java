package dev.countersign.samples.android;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.text.InputType;
import android.widget.Button;
import android.widget.EditText;
import android.widget.TextView;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Asks who is there. Whatever opens this screen, a log-out, an expired session or the launcher, the user of before is
 * forgotten first: on a shared device the next one must not inherit who they are.
 */
@SuppressWarnings("NullAway.Init") // by onCreate
public final class LoginActivity extends Activity {
    private SampleApp app;
    private EditText username;
    private EditText password;
    private TextView message;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        app = SampleApp.of(this);
        if (state == null) { // not when the screen was turned
            app.forgetUser();
        }
        Column column = new Column(this);
        username = column.add("username", new EditText(this));
        username.setHint("User name");
        password = column.add("password", new EditText(this));
        password.setHint("Password");
        password.setInputType(InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD);
        Button logIn = column.add("logIn", new Button(this));
        logIn.setText("Log in");
        logIn.setOnClickListener(
                view -> logIn(username.getText().toString(), password.getText().toString()));
        message = column.add("message", new TextView(this));
    }

    private void logIn(String name, String secret) {
        app.background().execute(() -> {
            try {
                String userId = app.backEnd().logIn(name, secret);
                runOnUiThread(() -> answered(userId));
            } catch (IOException e) {
                runOnUiThread(() -> message.setText("The back end cannot be reached"));
            }
        });
    }

    private void answered(@Nullable String userId) {
        if (userId == null) {
            message.setText("Wrong user name or password");
            return;
        }
        app.loggedIn(userId);
        startActivity(new Intent(this, MainActivity.class));
        finish();
    }
}
