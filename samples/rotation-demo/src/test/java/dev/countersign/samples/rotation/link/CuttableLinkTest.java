package dev.countersign.samples.rotation.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CuttableLinkTest {

    private ServerSocket echo;
    private CuttableLink link;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::serve);
        server.setDaemon(true);
        server.start();
        link = CuttableLink.to("http://127.0.0.1:" + echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        echo.close();
    }

    @Test
    void anOpenLink_carriesBytesBothWays() throws IOException {
        try (Socket socket = connect()) {
            assertEquals('a', echoOf(socket, 'a'));
            assertEquals('b', echoOf(socket, 'b'));
        }
    }

    @Test
    void aCutLink_resetsOpenConnections() throws IOException {
        try (Socket socket = connect()) {
            assertEquals('a', echoOf(socket, 'a'));
            link.cut();
            assertThrows(SocketException.class, () -> echoOf(socket, 'b'));
        }
    }

    @Test
    void aCutLink_takesNoNewConnection_untilItIsRestored() throws IOException {
        link.cut();
        assertThrows(IOException.class, () -> {
            try (Socket socket = connect()) {
                if (echoOf(socket, 'a') < 0) {
                    throw new IOException("end of stream");
                }
            }
        });
        link.restore();
        try (Socket socket = connect()) {
            assertEquals('a', echoOf(socket, 'a'));
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(link.url()).getPort());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static int echoOf(Socket socket, int letter) throws IOException {
        socket.getOutputStream().write(letter);
        return socket.getInputStream().read();
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread copy = new Thread(() -> {
                    try (socket) {
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } catch (IOException e) {
                        // Cut: that is what the test is about.
                    }
                });
                copy.setDaemon(true);
                copy.start();
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }
}
