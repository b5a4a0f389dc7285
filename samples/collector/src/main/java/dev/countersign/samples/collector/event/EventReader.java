package dev.countersign.samples.collector.event;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one event: takes its proofs out, keeps everything else as it is written, and remembers the first rule it breaks.
 * It always reads to the event's end, so that the next one can be read whatever this one does. One use, one thread.
 */
final class EventReader {
    private static final byte[] COMMA = {','};
    private static final byte[] END = {'}'};

    private final byte[] json;
    private final JsonParser parser;
    private final EventSyntax syntax;
    private byte[] body = new byte[512];
    private int bodyBytes;
    // Members that stand together and are kept, not yet in the body.
    private int keptFrom;
    private int keptTo;
    private @Nullable Refusal refusal;

    private @Nullable String id;
    private @Nullable String type;
    private @Nullable String name;
    private @Nullable String anonymousId;
    private @Nullable String userId;
    private @Nullable String identityToken;
    private @Nullable String signingKeyName;
    private @Nullable String groupId;
    private @Nullable String groupToken;
    private @Nullable String appVersion;
    private @Nullable String sendoraEvent;
    private @Nullable String sendoraSession;
    private boolean idRequired = true;

    /** The parser stands at the event's opening brace; {@code json} is what it reads. */
    EventReader(byte[] json, JsonParser parser, EventSyntax syntax) {
        this.json = json;
        this.parser = parser;
        this.syntax = syntax;
        body[bodyBytes++] = '{';
    }

    Entry read() throws IOException {
        for (String member = parser.nextFieldName(); member != null; member = parser.nextFieldName()) {
            int from = offset(parser.currentTokenLocation());
            parser.nextToken();
            if (member(member)) {
                parser.finishToken();
                keep(member, from, offset(parser.currentLocation()));
            }
        }
        return entry();
    }

    /**
     * Reads the traits of a user whom the request itself names, as NotificationAPI's clients identify one.
     *
     * @param named the user's id
     * @param proof its proof, or null
     */
    Entry readTraits(String named, @Nullable String proof) throws IOException {
        type = EventType.IDENTIFY.wireName();
        userId = named;
        require(!named.isEmpty() && isShort(named), "userId has not 1 to " + Limits.ID_CODE_POINTS + " code points");
        identityToken = proof;
        idRequired = false;
        append("\"type\":\"identify\",\"userId\":\"".getBytes(StandardCharsets.US_ASCII));
        append(JsonStringEncoder.getInstance().quoteAsUTF8(named));
        append("\",\"traits\":".getBytes(StandardCharsets.US_ASCII));
        int from = offset(parser.currentTokenLocation());
        object("traits");
        int to = offset(parser.currentLocation());
        require(Texts.escapesAreWellFormed(json, from, to), "traits hold a lone surrogate");
        append(json, from, to);
        return entry();
    }

    /** Reads a member's value, and says whether the member is kept in the body. */
    private boolean member(String member) throws IOException {
        switch (EventSyntax.place(member)) {
            case USER -> identityToken = proof(member, identityToken);
            case GROUP -> groupToken = proof(member, groupToken);
            case NO_PROOF -> {
                return content(member);
            }
        }
        return false;
    }

    private boolean content(String member) throws IOException {
        switch (member) {
            case "signingKeyName" -> {
                signingKeyName = wellFormed(member, text(member));
                return false;
            }
            case "id" -> id = id(member);
            case "anonymousId" -> anonymousId = id(member);
            case "userId" -> userId = userId(member);
            case "groupId" -> groupId = id(member);
            case "type" -> type = text(member);
            case "name" -> name = text(member);
            case "timestamp" -> timestamp(member);
            case "eventType" -> sendoraEvent = text(member);
            case "sessionId" -> sendoraSession = text(member);
            case "traits", "properties", "context" -> object(member);
            case "visitor", "account" -> metadata(member);
            default -> skip(member);
        }
        return true;
    }

    /** Keeps a member that stands there, with its name. */
    private void keep(String member, int from, int to) {
        if (!Texts.escapesAreWellFormed(json, from, to)) {
            refuse(member + " holds a lone surrogate");
        }
        boolean follows = keptTo > 0 && from == keptTo + 1; // nothing but the comma is between them
        if (!follows) {
            appendKept();
            keptFrom = from;
        }
        keptTo = to;
    }

    private void appendKept() {
        if (keptTo > 0) {
            if (bodyBytes > 1) {
                append(COMMA);
            }
            append(json, keptFrom, keptTo);
        }
    }

    private void append(byte[] text) {
        append(text, 0, text.length);
    }

    private void append(byte[] text, int from, int to) {
        int end = bodyBytes + to - from;
        if (end > body.length) {
            body = Arrays.copyOf(body, Math.max(end, 2 * body.length));
        }
        System.arraycopy(text, from, body, bodyBytes, to - from);
        bodyBytes = end;
    }

    private static int offset(JsonLocation location) {
        return (int) location.getByteOffset();
    }

    private @Nullable String text(String member) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            refuse(member + " must be a JSON string, not " + Texts.kind(parser.currentToken()));
            parser.skipChildren();
        }
        return null;
    }

    /** Some clients send an empty text when they have no proof. */
    private @Nullable String proof(String member, @Nullable String other) throws IOException {
        String proof = wellFormed(member, text(member));
        if (proof == null || proof.isEmpty()) {
            return other;
        }
        if (!syntax.takes(member)) {
            refuse(member + " is not the name of a proof in this environment's profile");
        }
        require(other == null, "there are two proofs under different names");
        return proof;
    }

    /** For texts that are taken out of the event; what is kept is looked at as it is written. */
    private @Nullable String wellFormed(String member, @Nullable String text) {
        return text == null || Texts.isWellFormed(text) ? text : refuse(member + " has a lone surrogate");
    }

    private void metadata(String member) throws IOException {
        if (syntax.metadataInTokenOnly()) {
            refuse(member + " stands beside the token: nobody signed it there");
        }
        skip(member);
    }

    private @Nullable String userId(String member) throws IOException {
        return syntax.emptyIdIsAnonymous()
                        && parser.currentToken() == JsonToken.VALUE_STRING
                        && parser.getTextLength() == 0
                ? null
                : id(member);
    }

    private @Nullable String id(String member) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
            refuse(new Refusal(
                    Refusal.Code.INVALID_EVENT,
                    "ID_NOT_STRING",
                    member + " must be a JSON string, not " + Texts.kind(token)));
            parser.skipChildren();
            return null;
        }
        String value = text(member);
        if (value != null && (value.isEmpty() || !isShort(value))) {
            int length = value.codePointCount(0, value.length());
            return refuse(member + " has " + length + " code points; allowed are 1 to " + Limits.ID_CODE_POINTS);
        }
        return value;
    }

    private void timestamp(String member) throws IOException {
        String value = text(member);
        if (value != null && !Texts.isTimestamp(value)) {
            refuse(member + " must be ISO 8601 with an offset, as in 2026-11-20T10:00:00.000Z");
        }
    }

    private void object(String member) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.START_OBJECT && token != JsonToken.VALUE_NULL) {
            refuse(member + " must be a JSON object, not " + Texts.kind(token));
        }
        skip(member);
    }

    private void skip(String member) throws IOException {
        boolean isContext = member.equals("context");
        boolean inApp = false;
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (isContext && token == JsonToken.FIELD_NAME && depth == 1) {
                inApp = parser.currentName().equals("app");
            } else if (isContext && token == JsonToken.VALUE_STRING && isAppVersion(depth, inApp)) {
                appVersion = wellFormed(member, parser.getText());
            }
            if (token.isStructStart() && ++depth == Limits.DEPTH + 1) {
                refuse(member + " nests deeper than the " + Limits.DEPTH + " levels allowed");
            }
            if (token.isStructEnd()) {
                depth--;
            }
        } while (depth > 0 && parser.nextToken() != null);
    }

    /** {@code "context":{"appVersion":…}} or {@code "context":{"app":{"version":…}}}, as SDKs write it. */
    private boolean isAppVersion(int depth, boolean inApp) throws IOException {
        String name = String.valueOf(parser.currentName());
        return depth == 1 ? name.equals("appVersion") : depth == 2 && inApp && name.equals("version");
    }

    /** Sendora's clients name the event, give it neither id nor type, and know an anonymous visitor by the session. */
    private void readAsSendora() {
        if (type == null && id == null && sendoraEvent != null) {
            type = EventType.TRACK.wireName();
            name = sendoraEvent;
            idRequired = false;
            anonymousId = userId == null && anonymousId == null ? sendoraSession : anonymousId;
        }
    }

    private Entry entry() {
        readAsSendora();
        appendKept();
        append(END);
        String text = new String(body, 0, bodyBytes, StandardCharsets.UTF_8);
        if (bodyBytes > Limits.EVENT_BYTES) {
            refuse(new Refusal(
                    Refusal.Code.TOO_LARGE,
                    null,
                    "the event has " + bodyBytes + " bytes without its proofs; allowed are " + Limits.EVENT_BYTES));
        }
        EventType known = type == null ? null : EventType.of(type);
        checkRules(known);
        if (refusal != null || known == null) {
            return new Entry.Broken(id, refusal == null ? Refusal.invalid("the event is incomplete") : refusal);
        }
        return new Entry.Event(
                id,
                known,
                name,
                anonymousId,
                userId,
                identityToken,
                signingKeyName,
                groupId,
                groupToken,
                appVersion,
                text);
    }

    private void checkRules(@Nullable EventType known) {
        require(id != null || !idRequired, "id is missing: a UUIDv7 is required");
        require(id == null || Texts.isUuidV7(id), "id must be a UUIDv7 in lower case");
        require(type != null, "type is missing: initialize, identify, group or track is required");
        require(type == null || known != null, "type must be initialize, identify, group or track");
        require(known != EventType.TRACK || name != null, "name is missing: an event of type track has one");
        require(known != EventType.IDENTIFY || userId != null, "userId is missing: an event of type identify has one");
        require(known != EventType.GROUP || groupId != null, "groupId is missing: an event of type group has one");
        require(name == null || isShort(name), "name has more than " + Limits.ID_CODE_POINTS + " code points");
        require(userId != null || anonymousId != null, "userId or anonymousId is missing: an event has an owner");
        require(groupToken == null || groupId != null, "groupId is missing, yet there is a groupToken");
    }

    private static boolean isShort(String text) {
        return text.codePointCount(0, text.length()) <= Limits.ID_CODE_POINTS;
    }

    /** For constant messages: one that is put together costs even where it is not needed. */
    private void require(boolean holds, String otherwise) {
        if (!holds) {
            refuse(otherwise);
        }
    }

    private @Nullable String refuse(String message) {
        refuse(Refusal.invalid(message));
        return null;
    }

    private void refuse(Refusal next) {
        if (refusal == null) {
            refusal = next;
        }
    }
}
