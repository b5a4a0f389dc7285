package dev.countersign.client.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.internal.support.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;

class NoDelaySocketsTest {

    @Test
    void socketsOfOtherFactories_sendAtOnce() throws IOException {
        try (Socket before = SocketFactory.getDefault().createSocket();
                Socket after = new NoDelaySockets(SocketFactory.getDefault()).createSocket()) {
            assertFalse(before.getTcpNoDelay(), "the platform's default");
            assertTrue(after.getTcpNoDelay());
        }
    }

    @Test
    void theTransport_usesThemAlsoWithASharedClient() throws IOException {
        AtomicReference<Socket> made = new AtomicReference<>();
        OkHttpClient shared =
                new OkHttpClient.Builder().socketFactory(new Remembering(made)).build();
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse().setBody("{}"));
            HttpUrl url = server.url("/");
            HttpTransport transport = new HttpTransport(url, "pk_x", 10_000, shared, null, Clock.system());
            transport.send(new byte[] {1}, 1);
            assertEquals(1, server.getRequestCount());
            assertTrue(made.get().getTcpNoDelay());
            transport.close();
        }
    }

    /** Remembers the last socket that it made. */
    private static final class Remembering extends SocketFactory {
        private final AtomicReference<Socket> made;

        Remembering(AtomicReference<Socket> made) {
            this.made = made;
        }

        @Override
        public Socket createSocket() throws IOException {
            made.set(SocketFactory.getDefault().createSocket());
            return made.get();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
