package dev.countersign.client.internal.support;

import java.io.File;
import java.io.IOException;

/** The system around the app, such as Android, as far as a client needs to know it. Safe for use by several threads. */
public interface Platform {

    /** Its time. */
    Clock clock();

    /**
     * Where clients of this process keep their folders, unless the app chooses a place. Asked on the delivery thread: may
     * do I/O.
     *
     * @throws IOException when there is none now; it is asked again later
     */
    File directory() throws IOException;

    /**
     * A client was built. From now on {@code flush}, which is cheap, is to be called when the network comes back or the app
     * leaves the screen.
     */
    void begin(Runnable flush);

    /** The client was closed. */
    void end();
}
