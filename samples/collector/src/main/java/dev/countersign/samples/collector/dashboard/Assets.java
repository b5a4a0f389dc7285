package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.http.ApiException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The style sheets and scripts of the pages: these and no others, from the class path, so nothing is fetched elsewhere. */
@Controller("/assets")
@ExecuteOn(TaskExecutors.BLOCKING)
final class Assets {
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final Map<String, String> FILES = Map.of(
            "pico.css",
            WEBJARS + "picocss__pico/2.1.1/css/pico.min.css",
            "chart.js",
            WEBJARS + "chart.js/4.5.1/dist/chart.umd.min.js",
            "dashboard.css",
            "/dashboard/dashboard.css",
            "dashboard.js",
            "/dashboard/dashboard.js");

    @Get("/{name}")
    HttpResponse<byte[]> get(String name) throws IOException {
        String file = FILES.get(name);
        if (file == null) {
            throw new ApiException(HttpStatus.NOT_FOUND, "NOT_FOUND", "there is no such asset");
        }
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException(file + " is not in the jar");
            }
            return HttpResponse.ok(in.readAllBytes())
                    .contentType(name.endsWith(".css") ? "text/css" : "text/javascript")
                    .header("Cache-Control", "max-age=3600");
        }
    }
}
