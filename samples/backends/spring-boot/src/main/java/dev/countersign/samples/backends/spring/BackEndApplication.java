package dev.countersign.samples.backends.spring;

import dev.countersign.samples.backends.spring.signing.CountersignProperties;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** Starts the back end and says where it listens. */
@SpringBootApplication
public class BackEndApplication {

    /** Runs until the process is told to end; see {@link CountersignProperties} for the settings. */
    public static void main(String[] args) {
        SpringApplication.run(BackEndApplication.class, args);
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        System.out.println(
                "back end listening on http://127.0.0.1:" + event.getWebServer().getPort());
    }
}
