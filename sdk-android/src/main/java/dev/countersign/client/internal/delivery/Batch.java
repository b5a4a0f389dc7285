package dev.countersign.client.internal.delivery;

import dev.countersign.client.internal.proof.ProofPair;
import dev.countersign.client.internal.queue.QueuedEvent;
import dev.countersign.client.internal.session.Owner;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Events that travel together, each with the proofs of its owner: the one place where the two meet. */
final class Batch {
    static final int MOST_BYTES = 512 * 1024;

    private static final int BUFFER = 8 * 1024;

    private final List<Entry> entries = new ArrayList<>();
    private int bytes = "{'events':[]}".length();

    /** Adds an event unless the batch is full; an empty batch takes any. */
    boolean add(QueuedEvent event, Owner owner, ProofPair pair) {
        int more = event.length() + pair.fragment().length + 1;
        if (!entries.isEmpty() && bytes + more > MOST_BYTES) {
            return false;
        }
        bytes += more;
        entries.add(new Entry(event, owner, pair));
        return true;
    }

    List<Entry> entries() {
        return entries;
    }

    int size() {
        return entries.size();
    }

    /** The body of the request, compressed; sensitive. */
    byte[] gzip() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(1024, bytes / 4));
        // The buffer, because each write to the compressor is a native call: a quarter to two fifths of the time.
        try (OutputStream gzip = new BufferedOutputStream(new FastGzip(out), BUFFER)) {
            char before = '[';
            gzip.write(new byte[] {'{', '"', 'e', 'v', 'e', 'n', 't', 's', '"', ':'});
            for (Entry entry : entries) {
                gzip.write(before);
                // The proofs take the place of the event's closing brace, which then follows them.
                gzip.write(entry.event.bytes(), 0, entry.event.length() - 1);
                gzip.write(entry.pair.fragment());
                gzip.write('}');
                before = ',';
            }
            gzip.write(new byte[] {']', '}'});
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** A batch repeats itself so much that the fastest level is nearly as small as the best. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** An event, whose it is, and the proofs it is sent with. */
    static final class Entry {
        final QueuedEvent event;
        final Owner owner;
        final ProofPair pair;

        Entry(QueuedEvent event, Owner owner, ProofPair pair) {
            this.event = event;
            this.owner = owner;
            this.pair = pair;
        }
    }
}
