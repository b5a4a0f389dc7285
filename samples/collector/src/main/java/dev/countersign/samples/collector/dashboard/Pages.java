package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.access.Sessions;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders templates; whatever a template prints is escaped. Thread-safe. */
@Singleton
final class Pages {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final PebbleEngine engine;

    Pages() {
        ClasspathLoader loader = new ClasspathLoader(Pages.class.getClassLoader());
        loader.setPrefix("dashboard");
        loader.setSuffix(".html");
        engine = new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                .build();
    }

    /**
     * A page.
     *
     * @param template its name
     * @param session who looks; null on the log-in page
     * @param model what the template prints
     */
    MutableHttpResponse<String> page(String template, Sessions.@Nullable Session session, Map<String, ?> model) {
        return page(HttpStatus.OK, template, session, model);
    }

    MutableHttpResponse<String> page(
            HttpStatus status, String template, Sessions.@Nullable Session session, Map<String, ?> model) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("caller", session == null ? "" : session.caller().name());
        all.put("role", session == null ? "" : session.caller().role().name().toLowerCase(Locale.ROOT));
        all.put("admin", session != null && session.caller().isAdmin());
        all.put("formToken", session == null ? "" : session.formToken());
        all.putIfAbsent("environment", Map.of());
        all.putIfAbsent("tab", "");
        StringWriter out = new StringWriter();
        try {
            engine.getTemplate(template).evaluate(out, all, Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException("the page " + template + " cannot be rendered", e);
        }
        return HttpResponse.<String>status(status)
                .contentType(MediaType.TEXT_HTML_TYPE.getName() + ";charset=utf-8")
                .body(out.toString());
    }

    /** A time for people; a dash for none. */
    static String time(@Nullable Long millis) {
        return millis == null ? "–" : TIME.format(Instant.ofEpochMilli(millis));
    }
}
