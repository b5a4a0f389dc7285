package dev.countersign.benchmarks.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;

/** Counts requests, and the events in them by their number, however an SDK wraps them. Safe for use by several threads. */
final class Tally {
    private static final byte[] MARK = "\"seq\":".getBytes(StandardCharsets.US_ASCII);

    private final BitSet seen = new BitSet();
    private int different;
    private long events;
    private long requests;
    private long bytes;
    private long lastNanos = System.nanoTime();

    /**
     * Counts a request.
     *
     * @param received how many bytes its body was on the wire
     * @param accepted whether its events count as delivered
     */
    void add(byte[] body, int received, boolean accepted) {
        int[] numbers = numbers(body);
        if (numbers.length == 0) {
            return;
        }
        synchronized (this) {
            requests++;
            if (accepted) {
                bytes += received;
                events += numbers.length;
                for (int number : numbers) {
                    if (!seen.get(number)) {
                        seen.set(number);
                        different++;
                    }
                }
            }
            lastNanos = System.nanoTime();
            notifyAll();
        }
    }

    /** Waits for so many different events, for quiet, or for the end of the time; then tells different events, events, requests and bytes. */
    synchronized String await(int wanted, long quietMillis, long mostMillis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMillis);
        long quiet = TimeUnit.MILLISECONDS.toNanos(quietMillis);
        long start = System.nanoTime();
        while (different < wanted) {
            long now = System.nanoTime();
            long left = Math.min(end, Math.max(start, lastNanos) + quiet) - now;
            if (left <= 0) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return different + " " + events + " " + requests + " " + bytes;
    }

    /** How often this text occurs. */
    static int count(byte[] body, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        int count = 0;
        for (int i = 0; i + wanted.length <= body.length; i++) {
            if (isAt(body, i, wanted)) {
                count++;
            }
        }
        return count;
    }

    private static boolean isAt(byte[] body, int i, byte[] wanted) {
        return body[i] == wanted[0] && Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length);
    }

    private static int[] numbers(byte[] body) {
        int[] found = new int[body.length / 16];
        int count = 0;
        for (int i = 0; i + MARK.length < body.length; i++) {
            if (isAt(body, i, MARK)) {
                int number = 0;
                int at = i + MARK.length;
                for (; at < body.length && body[at] >= '0' && body[at] <= '9'; at++) {
                    number = number * 10 + body[at] - '0';
                }
                found[count++] = number;
                i = at;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
