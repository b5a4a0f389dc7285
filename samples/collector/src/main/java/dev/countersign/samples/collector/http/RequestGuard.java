package dev.countersign.samples.collector.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts a connection's bodies from their first byte to the end of their answers, and turns requests away: 429 where
 * there is no room, 408 where one has not arrived whole after 30 seconds; after 5 already while room is scarce, so that
 * slow clients give way to the others. One for each connection, behind the HTTP codec; runs on its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that fails tells its handlers.
final class RequestGuard extends ChannelDuplexHandler {
    /** How often an unfinished request is looked at. */
    static final int TICK_SECONDS = 5;

    static final int SLOWEST_SECONDS = 30;
    /** How long what still comes in is thrown away, for the client to read its refusal rather than a reset. */
    static final int LINGER_SECONDS = 1;

    private static final long LONGEST = 1 << 20;

    private final BodiesInFlight ofEvents;
    private final BodiesInFlight ofOthers;
    private final RequestsUnderWay underWay;
    private final Deque<Body> unanswered = new ArrayDeque<>(1);
    private @Nullable Body arriving;
    private boolean headBegun;
    private boolean refused;
    private int waited;
    private @Nullable ScheduledFuture<?> tick;

    /** What is held for one request. */
    private static final class Body {
        final BodiesInFlight room;
        long bytes;
        boolean answered;

        Body(BodiesInFlight room) {
            this.room = room;
        }
    }

    /**
     * A guard.
     *
     * @param ofEvents the room for events
     * @param ofOthers the room for all other requests: a key must be revocable however many events come in
     * @param underWay counts the requests of all connections
     */
    RequestGuard(BodiesInFlight ofEvents, BodiesInFlight ofOthers, RequestsUnderWay underWay) {
        this.ofEvents = ofEvents;
        this.ofOthers = ofOthers;
        this.underWay = underWay;
    }

    /** Stands before the codec, and sees a request that has not yet a whole head. */
    ChannelHandler arrival() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                headBegun |= arriving == null;
                ctx.fireChannelRead(message);
            }
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!refused && message instanceof HttpRequest request) {
            begin(ctx, request);
        }
        if (!refused && message instanceof HttpContent content) {
            hold(ctx, content.content());
        }
        if (refused) {
            ReferenceCountUtil.release(message);
            if (message instanceof LastHttpContent) {
                ctx.close(); // It has sent all, and got its answer.
            }
            return;
        }
        if (message instanceof LastHttpContent) {
            arriving = null;
            waited = 0;
            stopTicking();
        }
        ctx.fireChannelRead(message);
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        headBegun = false;
        waited = 0;
        if (!underWay.begin()) {
            refused = true;
            ctx.close(); // The collector ends: nothing of the request was taken, as if it had come a moment later.
            return;
        }
        Body body = new Body(takesEvents(request.uri()) ? ofEvents : ofOthers);
        arriving = body;
        unanswered.add(body);
        if (!body.room.hasRoomFor(declared(request))) {
            refuse(ctx, HttpResponseStatus.TOO_MANY_REQUESTS);
        }
    }

    /** At most what the server reads: a body that says to be longer is refused as that. */
    private static long declared(HttpRequest request) {
        return request.decoderResult().isFailure() ? 0 : Math.min(HttpUtil.getContentLength(request, 0L), LONGEST);
    }

    private static boolean takesEvents(String uri) {
        return uri.startsWith("/api/") || uri.contains("/users/");
    }

    private void hold(ChannelHandlerContext ctx, ByteBuf content) {
        Body body = arriving;
        if (body == null || body.answered) {
            return;
        }
        if (body.room.tryTake(content.readableBytes())) {
            body.bytes += content.readableBytes();
        } else {
            refuse(ctx, HttpResponseStatus.TOO_MANY_REQUESTS);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (isUnfinished() && tick == null) {
            tick = ctx.executor().schedule(() -> tick(ctx), TICK_SECONDS, TimeUnit.SECONDS);
        }
        if (refused) {
            ctx.read(); // Nobody behind this handler knows that there is more to throw away.
        }
        ctx.fireChannelReadComplete();
    }

    private boolean isUnfinished() {
        return arriving != null || headBegun;
    }

    private void tick(ChannelHandlerContext ctx) {
        tick = null;
        if (refused || !isUnfinished()) {
            return;
        }
        waited += TICK_SECONDS;
        if ((arriving == null ? ofEvents : arriving.room).isScarce()) {
            refuse(ctx, HttpResponseStatus.TOO_MANY_REQUESTS);
        } else if (waited >= SLOWEST_SECONDS) {
            refuse(ctx, HttpResponseStatus.REQUEST_TIMEOUT);
        } else {
            tick = ctx.executor().schedule(() -> tick(ctx), TICK_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        refused = true;
        boolean othersWait = unanswered.size() > (arriving == null ? 0 : 1);
        if (othersWait || (arriving != null && arriving.answered)) {
            ctx.close(); // Another answer's turn, or this one's is over: without one the client sends again.
            return;
        }
        ctx.writeAndFlush(answer(status));
        ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    private static FullHttpResponse answer(HttpResponseStatus status) {
        boolean slow = status.equals(HttpResponseStatus.REQUEST_TIMEOUT);
        String json = "{\"success\":false,\"error\":{\"code\":\"" + (slow ? "REQUEST_TIMEOUT" : "OVERLOADED")
                + "\",\"message\":\""
                + (slow
                        ? "the request did not arrive within " + SLOWEST_SECONDS + " seconds"
                        : BodiesInFlight.OVERLOADED)
                + "\"}}";
        ByteBuf body = Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        if (!slow) {
            answer.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        return answer;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (refused) {
            ReferenceCountUtil.release(message);
            if (!promise.isVoid()) {
                promise.tryFailure(new ClosedChannelException());
            }
            return;
        }
        ChannelPromise written = promise;
        boolean interim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (!interim && message instanceof LastHttpContent) {
            Body body = unanswered.poll();
            if (body != null) {
                body.answered = true;
                giveBack(body);
                written = promise.unvoid();
                written.addListener(sent -> underWay.end());
            }
        }
        ctx.write(message, written);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        for (Body body : unanswered) {
            giveBack(body);
            underWay.end();
        }
        unanswered.clear();
        stopTicking();
        ctx.fireChannelInactive();
    }

    private void stopTicking() {
        if (tick != null) {
            tick.cancel(false);
            tick = null;
        }
    }

    private static void giveBack(Body body) {
        body.room.release(body.bytes);
        body.bytes = 0;
    }
}
