package dev.countersign.client.internal.transport;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Understands the collector's answers, and nothing else: whatever does not add up is taken for a stranger's (a proxy, a
 * captive portal, a broken release), so that no event is given up on its word. Pure.
 */
final class AnswerReader {
    private static final int HTTP_OK = 200;
    private static final int HTTP_BAD_REQUEST = 400;
    private static final int HTTP_UNAUTHORIZED = 401;
    private static final int HTTP_TOO_LARGE = 413;
    private static final int HTTP_TOO_MANY = 429;

    private @Nullable Boolean success;
    private int accepted = -1;
    private int duplicates;
    private @Nullable String errorCode;
    private @Nullable String errorReason;
    private final List<Rejection> rejected = new ArrayList<>();
    private final BitSet rejectedIndexes = new BitSet();

    private AnswerReader() {}

    /** Reads an answer to a batch of {@code events}; {@code body} is JSON, or empty when it is something else. */
    static Answer read(int status, String body, int events) {
        AnswerReader reader = new AnswerReader();
        boolean readable = reader.parse(body, events);
        Answer.Kind foreign = status == HTTP_TOO_LARGE ? Answer.Kind.TOO_LARGE : Answer.Kind.FAILED;
        return readable ? reader.judge(status, events) : Answer.foreign(foreign, "HTTP " + status);
    }

    private Answer judge(int status, int events) {
        String code = Boolean.FALSE.equals(success) && errorCode != null ? errorCode : "";
        boolean addsUp = accepted >= 0 && (long) accepted + duplicates + rejected.size() == events;
        if (status == HTTP_OK && Boolean.TRUE.equals(success) && addsUp) {
            return Answer.settled(rejected);
        }
        if (status == HTTP_UNAUTHORIZED && code.equals("INVALID_API_KEY")) {
            return Answer.judged(Answer.Kind.KEY_REFUSED, code);
        }
        if (status == HTTP_UNAUTHORIZED && code.equals(Rejection.IDENTITY_UNVERIFIED)) {
            return unverified(events);
        }
        if (status == HTTP_BAD_REQUEST && (code.equals("INVALID_JSON") || code.equals("INVALID_EVENT"))) {
            return Answer.judged(Answer.Kind.UNREADABLE, code);
        }
        if (status == HTTP_TOO_LARGE) {
            return code.isEmpty()
                    ? Answer.foreign(Answer.Kind.TOO_LARGE, "HTTP " + status)
                    : Answer.judged(Answer.Kind.TOO_LARGE, code);
        }
        return status >= HTTP_TOO_MANY && !code.isEmpty()
                ? Answer.judged(Answer.Kind.FAILED, "HTTP " + status + " " + code)
                : Answer.foreign(Answer.Kind.FAILED, "HTTP " + status + " with an answer that is not the collector's");
    }

    /** A 401 is the verdict on a single event, or names each; without that, smaller batches tell whose proof it was. */
    private Answer unverified(int events) {
        if (rejected.isEmpty()) {
            return events == 1
                    ? Answer.settled(
                            Collections.singletonList(new Rejection(0, Rejection.IDENTITY_UNVERIFIED, errorReason)))
                    : Answer.judged(Answer.Kind.UNREADABLE, Rejection.IDENTITY_UNVERIFIED);
        }
        boolean each = rejected.size() == events;
        for (Rejection rejection : rejected) {
            each &= rejection.code().equals(Rejection.IDENTITY_UNVERIFIED);
        }
        return each ? Answer.settled(rejected) : Answer.foreign(Answer.Kind.FAILED, "HTTP 401 that does not add up");
    }

    private boolean parse(String body, int events) {
        try (JsonReader json = JsonReader.of(new Buffer().writeUtf8(body))) {
            json.beginObject();
            while (json.hasNext()) {
                member(json.nextName(), json, events);
            }
            json.endObject();
            return json.peek() == JsonReader.Token.END_DOCUMENT;
        } catch (IOException | JsonDataException e) {
            return false;
        }
    }

    private void member(String name, JsonReader json, int events) throws IOException {
        switch (name) {
            case "success":
                success = json.nextBoolean();
                break;
            case "accepted":
                accepted = count(json);
                break;
            case "duplicates":
                duplicates = count(json);
                break;
            case "error":
                error(json);
                break;
            case "rejected":
                json.beginArray();
                while (json.hasNext()) {
                    rejection(json, events);
                }
                json.endArray();
                break;
            default:
                json.skipValue();
        }
    }

    private void error(JsonReader json) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "code":
                    errorCode = json.nextString();
                    break;
                case "reason":
                    errorReason = text(json);
                    break;
                default:
                    json.skipValue();
            }
        }
        json.endObject();
    }

    private void rejection(JsonReader json, int events) throws IOException {
        int index = -1;
        String code = null;
        String reason = null;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "index":
                    index = json.nextInt();
                    break;
                case "code":
                    code = json.nextString();
                    break;
                case "reason":
                    reason = text(json);
                    break;
                default:
                    json.skipValue();
            }
        }
        json.endObject();
        if (index < 0 || index >= events || rejectedIndexes.get(index) || code == null) {
            throw new JsonDataException("a rejection of no event");
        }
        rejectedIndexes.set(index);
        rejected.add(new Rejection(index, code, reason));
    }

    private static int count(JsonReader json) throws IOException {
        int count = json.nextInt();
        if (count < 0) {
            throw new JsonDataException("a negative count");
        }
        return count;
    }

    private static @Nullable String text(JsonReader json) throws IOException {
        if (json.peek() == JsonReader.Token.NULL) {
            json.skipValue();
            return null;
        }
        return json.nextString();
    }
}
