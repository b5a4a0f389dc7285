package dev.countersign.samples.rotation.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP link on loopback that can be cut and restored: a real outage for whoever is behind it. While it is cut, open
 * connections are reset, what was on its way is gone, and new connections are reset at once. Thread-safe.
 */
public final class CuttableLink implements AutoCloseable {

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private CuttableLink(InetSocketAddress target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
    }

    /** Opens a link, on a free port, to the service at {@code targetUrl}. */
    public static CuttableLink to(String targetUrl) throws IOException {
        URI url = URI.create(targetUrl);
        CuttableLink link = new CuttableLink(
                new InetSocketAddress(url.getHost(), url.getPort()),
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(link::accept);
        return link;
    }

    /** The service's address through this link. */
    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Cuts the link. */
    public void cut() {
        cut = true;
        open.forEach(this::reset);
    }

    /** Restores the link: new connections go through again. */
    public void restore() {
        cut = false;
    }

    /** Ends the link for good. */
    @Override
    public void close() throws IOException {
        cut();
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // One connection less; when the listener was closed, the loop ends.
            }
        }
    }

    private void connect(Socket near) {
        open.add(near);
        Socket far = new Socket();
        open.add(far);
        daemon(() -> {
            try {
                if (!cut) {
                    far.connect(target, 1_000);
                    daemon(() -> pump(far, near));
                    pump(near, far);
                    return;
                }
            } catch (IOException e) {
                // The service is away: so is the link.
            }
            reset(near);
            reset(far);
        });
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length;
            while (!cut && (length = in.read(buffer)) >= 0) {
                if (cut) {
                    break;
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // Either side has closed or reset: both end.
        }
        if (cut) {
            reset(from);
            reset(to);
        } else {
            close(from);
            close(to);
        }
    }

    /** Closes with a TCP reset, as a lost network shows itself, rather than with an orderly end. */
    private void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
        }
        close(socket);
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // Closed already.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "link");
        thread.setDaemon(true);
        thread.start();
    }
}
