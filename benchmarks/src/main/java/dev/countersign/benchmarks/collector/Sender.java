package dev.countersign.benchmarks.collector;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection that sends batches and waits for each answer; a plain socket, so that it takes little of the CPU. */
final class Sender implements AutoCloseable {
    private static final byte[] ALL_STORED = "\"accepted\":50,".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final byte[] head;
    private final byte[] answer = new byte[4096];
    private final Batch batch;

    Sender(int port, String apiKey, Batch batch) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        this.batch = batch;
        head = ("POST /api/v1/events/batch HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + apiKey
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + batch.next().length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends the next batch; returns once all its events are stored. */
    void send() throws IOException {
        byte[] json = batch.next();
        byte[] request = new byte[head.length + json.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(json, 0, request, head.length, json.length);
        OutputStream out = socket.getOutputStream();
        out.write(request);
        InputStream in = socket.getInputStream();
        int length = 0;
        while (length < 2 || answer[length - 1] != '}') { // The answer's JSON ends it.
            int read = in.read(answer, length, answer.length - length);
            if (read < 0) {
                throw new IOException("the collector hung up");
            }
            length += read;
        }
        if (new String(answer, 0, length, StandardCharsets.US_ASCII)
                        .indexOf(new String(ALL_STORED, StandardCharsets.US_ASCII))
                < 0) {
            throw new IOException("not stored: " + new String(answer, 0, length, StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
