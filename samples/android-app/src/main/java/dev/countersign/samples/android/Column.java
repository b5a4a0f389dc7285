package dev.countersign.samples.android;

import android.app.Activity;
import android.view.View;
import android.widget.LinearLayout;

/** Views below each other. A real app has layouts; this one keeps to what is about Countersign. */
final class Column {
    private final LinearLayout layout;

    Column(Activity screen) {
        layout = new LinearLayout(screen);
        layout.setOrientation(LinearLayout.VERTICAL);
        screen.setContentView(layout);
    }

    /** Adds a view; {@code tag} finds it again. */
    <V extends View> V add(String tag, V view) {
        view.setTag(tag);
        layout.addView(view);
        return view;
    }
}
