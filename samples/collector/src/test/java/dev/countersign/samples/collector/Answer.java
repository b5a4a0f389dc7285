package dev.countersign.samples.collector;

import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** What the collector answered. */
record Answer(int status, String text, HttpResponse<String> response) {

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.body(), response);
    }

    /** A member of the JSON answer, by its path. */
    @SuppressWarnings("unchecked")
    <T> T at(Object... path) {
        Object value = json();
        for (Object step : path) {
            value = step instanceof Integer index
                    ? ((List<Object>) value).get(index)
                    : ((Map<String, Object>) value).get(step);
        }
        return (T) value;
    }

    long number(Object... path) {
        Double number = at(path);
        return number.longValue();
    }

    private Object json() {
        try {
            return new Moshi.Builder().build().adapter(Object.class).fromJson(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
