package dev.countersign.samples.engines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/**
 * HAProxy as a process: {@code HaProxy <configuration> <port that it listens on>}. It prints {@code READY} and ends when
 * its standard input does.
 */
public final class HaProxy {
    private HaProxy() {}

    /** Starts it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Process haproxy = new ProcessBuilder("haproxy", "-db", "-f", args[0])
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(haproxy::destroy));
        while (!listens(Integer.parseInt(args[1]))) {
            if (haproxy.waitFor(50, TimeUnit.MILLISECONDS)) {
                System.exit(1);
            }
        }
        System.out.println("READY");
        StandardInput.awaitEnd();
        System.exit(0);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
