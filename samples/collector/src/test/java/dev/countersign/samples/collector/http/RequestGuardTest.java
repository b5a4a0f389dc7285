package dev.countersign.samples.collector.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection's guard on a clock that the test sets; the bytes are HTTP's own. */
class RequestGuardTest {
    private static final String EVENT = "POST /api/v1/events HTTP/1.1\r\nContent-Length: 100\r\n\r\n";
    private static final String ADMIN = "POST /admin/environments HTTP/1.1\r\nContent-Length: 100\r\n\r\n";

    private final BodiesInFlight events = new BodiesInFlight(200);
    private final BodiesInFlight others = new BodiesInFlight(200);
    private final RequestsUnderWay underWay = new RequestsUnderWay();

    private EmbeddedChannel connect() {
        RequestGuard guard = new RequestGuard(events, others, underWay);
        EmbeddedChannel channel =
                new EmbeddedChannel(guard.arrival(), new HttpServerCodec(), guard, new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        ReferenceCountUtil.release(message);
                    }
                });
        channel.freezeTime();
        return channel;
    }

    private static void send(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    private static String received(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(StandardCharsets.UTF_8));
            part.release();
        }
        return text.toString();
    }

    private static void later(EmbeddedChannel channel, int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void aBody_isHeldUntilItsAnswerIsWritten() {
        EmbeddedChannel channel = connect();
        send(channel, EVENT + "x".repeat(60));
        assertEquals(60, events.held());
        send(channel, "x".repeat(40));
        assertEquals(100, events.held());

        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        assertEquals(100, events.held());
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        assertEquals(0, events.held());
        assertTrue(channel.isOpen());
    }

    @Test
    void aConnectionThatEnds_givesBackWhatItHeld() {
        EmbeddedChannel channel = connect();
        send(channel, EVENT + "x".repeat(60));

        channel.close();

        assertEquals(0, events.held());
    }

    @Test
    void withoutRoom_aRequestIs429_withRetryAfter_andAdministrationIsNot() {
        EmbeddedChannel first = connect();
        send(first, EVENT + "x".repeat(100));
        EmbeddedChannel second = connect();
        send(second, EVENT + "x".repeat(50));
        EmbeddedChannel third = connect();
        EmbeddedChannel admin = connect();

        send(third, EVENT);
        send(admin, ADMIN + "x".repeat(100));

        String refusal = received(third);
        assertTrue(refusal.startsWith("HTTP/1.1 429 "), refusal);
        assertTrue(refusal.contains("retry-after: 1\r\n"), refusal);
        assertTrue(refusal.contains("\"code\":\"OVERLOADED\""), refusal);
        send(third, "x".repeat(100));
        assertFalse(third.isOpen());
        assertEquals("", received(admin));
        assertEquals(150, events.held());
        assertEquals(100, others.held());
    }

    @Test
    void aBodyThatDoesNotSayItsLength_isRefusedWhereTheRoomEnds() {
        EmbeddedChannel channel = connect();
        send(channel, "POST /api/v1/events HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 4; i++) {
            send(channel, "32\r\n" + "x".repeat(50) + "\r\n");
            assertEquals("", received(channel));
        }

        send(channel, "32\r\n" + "x".repeat(50) + "\r\n");

        assertTrue(received(channel).startsWith("HTTP/1.1 429 "));
        assertEquals(200, events.held());
        later(channel, RequestGuard.LINGER_SECONDS);
        assertFalse(channel.isOpen());
        assertEquals(0, events.held());
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENT + "x", EVENT, "POST /api/v1/events HT"})
    void aRequestThatDribbles_is408AfterThirtySeconds(String begun) {
        EmbeddedChannel channel = connect();
        send(channel, begun);
        for (int i = 0; i < 5; i++) {
            later(channel, RequestGuard.TICK_SECONDS);
            assertEquals("", received(channel));
        }

        later(channel, RequestGuard.TICK_SECONDS);

        assertTrue(received(channel).startsWith("HTTP/1.1 408 "));
        later(channel, RequestGuard.LINGER_SECONDS);
        assertFalse(channel.isOpen());
    }

    @Test
    void whileRoomIsScarce_whoIsSlowGivesWay_after5Seconds() {
        EmbeddedChannel slow = connect();
        send(slow, EVENT + "x".repeat(99));
        EmbeddedChannel another = connect();
        send(another, EVENT + "x".repeat(99));

        later(slow, RequestGuard.TICK_SECONDS);

        assertTrue(received(slow).startsWith("HTTP/1.1 429 "));
        later(slow, RequestGuard.LINGER_SECONDS);
        assertEquals(99, events.held());
        later(another, RequestGuard.TICK_SECONDS);
        assertEquals("", received(another), "there is room again");
    }

    @Test
    void aConnectionThatRests_andOneThatWaitsForItsAnswer_areLeftAlone() {
        EmbeddedChannel resting = connect();
        EmbeddedChannel waiting = connect();
        send(waiting, EVENT + "x".repeat(100));

        later(resting, 120);
        later(waiting, 120);

        assertTrue(resting.isOpen() && waiting.isOpen());
        assertEquals("", received(waiting));
    }

    @Test
    void atTheEnd_aRequestDoesNotBegin_andItsConnectionIsClosed() {
        EmbeddedChannel channel = connect();
        CompletableFuture<?> ended = underWay.shutdownGracefully().toCompletableFuture();

        send(channel, EVENT + "x".repeat(100));

        assertFalse(channel.isOpen());
        assertEquals("", received(channel));
        assertEquals(0, events.held());
        assertTrue(ended.isDone());
    }

    @Test
    void theEnd_waitsForAnAnswer() {
        EmbeddedChannel channel = connect();
        send(channel, EVENT + "x".repeat(100));

        CompletableFuture<?> ended = underWay.shutdownGracefully().toCompletableFuture();
        boolean before = ended.isDone();
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));

        assertFalse(before);
        assertTrue(ended.isDone());
    }

    @Test
    void theEnd_doesNotWaitForAClientThatLeft() {
        EmbeddedChannel channel = connect();
        send(channel, EVENT + "x".repeat(50));

        CompletableFuture<?> ended = underWay.shutdownGracefully().toCompletableFuture();
        boolean before = ended.isDone();
        channel.close();

        assertFalse(before);
        assertTrue(ended.isDone());
    }
}
