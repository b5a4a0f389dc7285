package dev.countersign.samples.collector.dashboard;

import dev.countersign.samples.collector.access.Sessions;
import dev.countersign.samples.collector.http.ApiException;
import io.micronaut.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/** What a form sent. Made only from one that carries the session's form token, which no other site knows. */
record Forms(Map<String, String> fields) {

    static Forms of(Sessions.Session session, Map<String, String> fields) {
        String token = String.valueOf(fields.get("formToken"));
        if (!MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), session.formToken().getBytes(StandardCharsets.UTF_8))) {
            throw new ApiException(
                    HttpStatus.FORBIDDEN,
                    "FORM_TOKEN_REQUIRED",
                    "the form is not of this session: load the page again");
        }
        return new Forms(fields);
    }

    /** A field; empty where there is none. */
    String text(String field) {
        return fields.getOrDefault(field, "");
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "Forms[]";
    }
}
