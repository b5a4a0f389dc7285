package dev.countersign.samples.collector.ingest;

import dev.countersign.samples.collector.event.InvalidRequestException;
import dev.countersign.samples.collector.event.Limits;
import dev.countersign.samples.collector.http.ApiException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes a request's body; whatever it claims to hold, at most the limit and one byte are decoded. */
final class RequestBody {
    private static final byte[] NOTHING = {};

    private RequestBody() {}

    /** Reads something from a decoded body. */
    interface Reading<T> {
        T read(byte[] json) throws InvalidRequestException;
    }

    /** The decoded body; what is wrong with it is answered as the wire protocol says. */
    static byte[] decode(HttpRequest<byte[]> request) {
        try {
            return decode(
                    request.getBody().orElse(NOTHING), request.getHeaders().get(HttpHeaders.CONTENT_ENCODING));
        } catch (InvalidRequestException e) {
            throw answer(e);
        }
    }

    /** Reads a decoded body; what is wrong with it is answered as the wire protocol says. */
    static <T> T read(byte[] json, Reading<T> reading) {
        try {
            return reading.read(json);
        } catch (InvalidRequestException e) {
            throw answer(e);
        }
    }

    private static ApiException answer(InvalidRequestException e) {
        return e.isTooLarge()
                ? new ApiException(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "TOO_LARGE", String.valueOf(e.getMessage()))
                : new ApiException(HttpStatus.BAD_REQUEST, "INVALID_JSON", String.valueOf(e.getMessage()));
    }

    static byte[] decode(byte[] body, @Nullable String encoding) throws InvalidRequestException {
        byte[] decoded = encoding == null || encoding.equalsIgnoreCase("identity") ? body : gunzip(body, encoding);
        if (decoded.length > Limits.REQUEST_BYTES) {
            throw InvalidRequestException.tooLarge(
                    "the decoded body has more than the " + Limits.REQUEST_BYTES + " bytes allowed");
        }
        return decoded;
    }

    private static byte[] gunzip(byte[] body, String encoding) throws InvalidRequestException {
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw InvalidRequestException.malformed("Content-Encoding must be gzip or absent");
        }
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body), 4096)) {
            return gzip.readNBytes(Limits.REQUEST_BYTES + 1);
        } catch (IOException e) {
            throw InvalidRequestException.malformed("the body is damaged gzip");
        }
    }
}
