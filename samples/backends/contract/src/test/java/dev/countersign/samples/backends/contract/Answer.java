package dev.countersign.samples.backends.contract;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** One HTTP answer, with what the contract looks at. */
record Answer(int status, Map<String, List<String>> headers, String body) {

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }

    /** The body's JSON object. */
    Map<String, Object> json() {
        return Json.object(body);
    }

    String string(String member) {
        return (String) json().get(member);
    }

    /** The code of {@code {"error":{"code","message"}}}. */
    Object errorCode() {
        return ((Map<?, ?>) json().get("error")).get("code");
    }

    /** A header's value, empty without one. Header names are in lower case. */
    String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }
}
