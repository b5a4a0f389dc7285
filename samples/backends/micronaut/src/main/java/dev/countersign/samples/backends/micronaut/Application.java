package dev.countersign.samples.backends.micronaut;

import dev.countersign.samples.backends.micronaut.signing.EnvironmentConfiguration;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;

/** Starts the back end and says where it listens. */
@Singleton
public class Application {

    /** Runs until the process is told to end; see {@link EnvironmentConfiguration} for the settings. */
    public static void main(String[] args) {
        Micronaut.build(args).mainClass(Application.class).banner(false).start();
    }

    @EventListener
    void listening(ServerStartupEvent event) {
        System.out.println(
                "back end listening on http://127.0.0.1:" + event.getSource().getPort());
    }
}
