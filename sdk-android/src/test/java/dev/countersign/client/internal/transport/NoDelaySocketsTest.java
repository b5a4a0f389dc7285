package dev.countersign.client.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.testkit.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class NoDelaySocketsTest {

    @Test
    void requestsOfASharedClient_useItsSocketsAndDoNotWaitForAcknowledgements() throws IOException {
        Remembering sockets = new Remembering();
        OkHttpClient shared = new OkHttpClient.Builder().socketFactory(sockets).build();
        try (TestClient test = TestClient.overHttp(settings -> settings.httpClient(shared))) {
            test.client.track("a");
            test.flush();
            assertEquals(List.of("a"), test.collector.storedNames());
            assertEquals(1, sockets.made.size());
            assertTrue(sockets.made.get(0).getTcpNoDelay());
        }
    }

    @Test
    void everyWayToMakeASocket_makesOneWithoutDelay() throws IOException {
        SocketFactory sockets = new NoDelaySockets(SocketFactory.getDefault());
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 10, here)) {
            int port = server.getLocalPort();
            List<Socket> made = List.of(
                    sockets.createSocket(),
                    sockets.createSocket(here, port),
                    sockets.createSocket(here, port, here, 0),
                    sockets.createSocket(here.getHostAddress(), port),
                    sockets.createSocket(here.getHostAddress(), port, here, 0));
            for (Socket socket : made) {
                assertTrue(socket.getTcpNoDelay());
                socket.close();
            }
        }
    }

    private static final class Remembering extends SocketFactory {
        final List<Socket> made = new ArrayList<>();

        @Override
        public Socket createSocket() throws IOException {
            Socket socket = SocketFactory.getDefault().createSocket();
            made.add(socket);
            return socket;
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
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
