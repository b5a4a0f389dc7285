package dev.countersign.samples.collector.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.countersign.samples.collector.event.Refusal;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the answers of the ingest routes, in the words of the wire protocol. */
final class Answers {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] SUCCESS = "{\"success\":true}".getBytes(StandardCharsets.UTF_8);

    private Answers() {}

    static HttpResponse<byte[]> single(Outcome outcome) {
        Refusal refusal = outcome.refusal();
        if (refusal == null) {
            return answer(HttpStatus.OK, SUCCESS);
        }
        return answer(HttpStatus.valueOf(refusal.code().status()), json(out -> {
            out.writeBooleanField("success", false);
            error(out, refusal);
        }));
    }

    /** 401 only when every entry is unverified: then no event landed, and it is the proof that is wrong. */
    static HttpResponse<byte[]> batch(List<Outcome> outcomes) {
        Refusal everyEntry = unverified(outcomes);
        byte[] body = json(out -> {
            out.writeBooleanField("success", everyEntry == null);
            if (everyEntry != null) {
                error(out, new Refusal(everyEntry.code(), null, "no event of the batch has a valid identity proof"));
            }
            out.writeNumberField("accepted", count(outcomes, false));
            out.writeNumberField("duplicates", count(outcomes, true));
            out.writeArrayFieldStart("rejected");
            for (int i = 0; i < outcomes.size(); i++) {
                rejected(out, i, outcomes.get(i));
            }
            out.writeEndArray();
        });
        return answer(everyEntry == null ? HttpStatus.OK : HttpStatus.UNAUTHORIZED, body);
    }

    private static @Nullable Refusal unverified(List<Outcome> outcomes) {
        Refusal last = null;
        for (Outcome outcome : outcomes) {
            last = outcome.refusal();
            if (last == null || last.code() != Refusal.Code.IDENTITY_UNVERIFIED) {
                return null;
            }
        }
        return last;
    }

    private static long count(List<Outcome> outcomes, boolean duplicates) {
        return outcomes.stream()
                .filter(outcome -> outcome.refusal() == null && outcome.duplicate() == duplicates)
                .count();
    }

    private static void rejected(JsonGenerator out, int index, Outcome outcome) throws IOException {
        Refusal refusal = outcome.refusal();
        if (refusal == null) {
            return;
        }
        out.writeStartObject();
        out.writeNumberField("index", index);
        if (outcome.id() != null) {
            out.writeStringField("id", outcome.id());
        }
        out.writeStringField("code", refusal.code().name());
        if (refusal.reason() != null) {
            out.writeStringField("reason", refusal.reason());
        }
        if (refusal.code() != Refusal.Code.IDENTITY_UNVERIFIED) {
            out.writeStringField("message", refusal.message());
        }
        out.writeEndObject();
    }

    private static void error(JsonGenerator out, Refusal refusal) throws IOException {
        out.writeObjectFieldStart("error");
        out.writeStringField("code", refusal.code().name());
        if (refusal.reason() != null) {
            out.writeStringField("reason", refusal.reason());
        }
        out.writeStringField("message", refusal.message());
        out.writeEndObject();
    }

    private static HttpResponse<byte[]> answer(HttpStatus status, byte[] body) {
        return HttpResponse.<byte[]>status(status)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(body);
    }

    private static byte[] json(Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            members.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private interface Members {
        void write(JsonGenerator out) throws IOException;
    }
}
