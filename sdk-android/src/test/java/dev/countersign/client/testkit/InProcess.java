package dev.countersign.client.testkit;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Collections;
import okhttp3.ConnectionSpec;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;

/** The way from a client to a collector without a socket: all of the client's own code runs, none of the network's. */
final class InProcess implements Interceptor {
    /** Speaks no TLS, so that it is made quickly. */
    static final OkHttpClient CLIENT = new OkHttpClient.Builder()
            .connectionSpecs(Collections.singletonList(ConnectionSpec.CLEARTEXT))
            .build();

    private final TestCollector collector;

    InProcess(TestCollector collector) {
        this.collector = collector;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Buffer body = new Buffer();
        request.body().writeTo(body);
        Headers headers = request.headers()
                .newBuilder()
                .set("Content-Type", request.body().contentType().toString())
                .build();
        MockResponse answer = collector.answer(request.method(), request.url(), headers, body);
        if (answer.getSocketPolicy() == SocketPolicy.NO_RESPONSE) {
            throw new SocketTimeoutException("timeout"); // at once: no test waits for it
        }
        if (answer.getSocketPolicy() != SocketPolicy.KEEP_OPEN) {
            throw new IOException("the connection broke");
        }
        String type = answer.getHeaders().get("Content-Type");
        Buffer content = answer.getBody() == null ? new Buffer() : answer.getBody();
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(Integer.parseInt(answer.getStatus().split(" ")[1]))
                .message("")
                .headers(answer.getHeaders())
                .body(ResponseBody.create(content, type == null ? null : MediaType.parse(type), content.size()))
                .build();
    }
}
