package dev.countersign.client;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.delivery.ClearedSession;
import dev.countersign.client.delivery.CollectionMode;
import dev.countersign.client.delivery.Diagnostics;
import dev.countersign.client.delivery.EventCallback;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.SignedMetadata;
import dev.countersign.client.internal.event.EventEncoder;
import dev.countersign.client.internal.event.EventType;
import dev.countersign.client.internal.support.Guard;
import java.io.Closeable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to a Countersign collector, each with a proof of the user it comes from.
 *
 * <pre>{@code
 * Countersign countersign = Countersign.builder("pk_live_…")
 *         .endpoint("https://collect.example.com")
 *         .proofProvider(backend::proofFor)
 *         .directory(new File("countersign"))
 *         .build();
 * countersign.identify("u_123", Attributes.of("plan", "pro"), IdentityProof.token(login.proof()));
 * countersign.track("Invoice Paid", Attributes.of("amount", 42.5));
 * }</pre>
 *
 * <pre>
 * the app has                        before anybody is known      at log-in               later, for the same user
 * a signature or token, or none      nothing                      identify(userId, …)     updateProof(userId, proof)
 * a JWT about visitor and account    initialize(metadata)         updateOptions(metadata) updateOptions(metadata)
 * a proof provider                   nothing                      identify(userId, …)     nothing: it is asked in time
 * </pre>
 *
 * <p>Safe for use by several threads. Calls never throw for network reasons and do no file or socket I/O on the caller's
 * thread; bad arguments throw {@link IllegalArgumentException} at once. Events are delivered at least once and stored
 * once. Events of an identified user wait until there is a proof for them: they are never sent without one, nor with
 * another user's. With a directory, an event whose call
 * returned is kept when the process is killed, and whoever was using the app still is when it starts again.
 */
public final class Countersign implements Closeable {
    private static final long CLOSE_SECONDS = 5;

    private final Client client;
    private final Runnable release;

    Countersign(Client client, Runnable release) {
        this.client = client;
        this.release = release;
    }

    /** Starts with the environment's public key, {@code pk_…}; a secret key is refused. */
    public static CountersignBuilder builder(String apiKey) {
        return new CountersignBuilder(apiKey);
    }

    /** Tells the collector that this session began. Not needed otherwise: {@code build()} starts an anonymous session. */
    public void initialize() {
        client.initialize();
    }

    /** Begins with signed metadata: the session belongs to whom the token names, or stays anonymous. */
    public void initialize(SignedMetadata metadata) {
        client.adopt(Guard.notNull("metadata", metadata), EventType.INITIALIZE);
    }

    /** Replaces the signed metadata, also to go from anonymous to identified. */
    public void updateOptions(SignedMetadata metadata) {
        client.adopt(Guard.notNull("metadata", metadata), EventType.IDENTIFY);
    }

    /** Supplies a fresh proof of the current user; ignored when the session belongs to somebody else by now. */
    public void updateProof(String userId, IdentityProof proof) {
        Guard.id("userId", userId);
        Guard.notNull("proof", proof).requireUser(userId);
        client.updateProof(userId, proof);
    }

    /**
     * The session now belongs to this user, whose proof is the one at hand or comes from the proof provider.
     *
     * <p>When it belonged to another user, that one is logged out as by {@link #clearSession()} first.
     *
     * @param userId exactly the id that the back end signs: 1 to 256 Unicode code points, neither trimmed nor folded
     */
    public void identify(String userId) {
        client.identify(Guard.id("userId", userId), null, null, null);
    }

    /** The same with the user's proof. */
    public void identify(String userId, IdentityProof proof) {
        identified(userId, proof);
        client.identify(userId, null, proof, null);
    }

    /** The same with what is known of the user. */
    public void identify(String userId, Attributes traits) {
        client.identify(Guard.id("userId", userId), Guard.notNull("traits", traits), null, null);
    }

    /** The same with the user's traits and proof. */
    public void identify(String userId, Attributes traits, IdentityProof proof) {
        identified(userId, proof);
        client.identify(userId, Guard.notNull("traits", traits), proof, null);
    }

    /** The same, with a callback that hears what becomes of the event. */
    public void identify(String userId, Attributes traits, IdentityProof proof, EventCallback callback) {
        identified(userId, proof);
        client.identify(userId, Guard.notNull("traits", traits), proof, Guard.notNull("callback", callback));
    }

    /**
     * The user now acts for this group (company, account), and every event names it until the session is cleared. The
     * group needs a proof of its own: a JWT of the user that names it, or one from the proof provider. It is kept while
     * this is the group or events that name it are queued.
     *
     * @param groupId exactly the id that the back end signs: 1 to 256 Unicode code points
     */
    public void group(String groupId) {
        client.group(Guard.id("groupId", groupId), null, null, null);
    }

    /** The same with the group's proof; a JWT that names another user than the session's is refused. */
    public void group(String groupId, IdentityProof proof) {
        grouped(groupId, proof);
        client.group(groupId, null, proof, null);
    }

    /** The same with what is known of the group. */
    public void group(String groupId, Attributes traits) {
        client.group(Guard.id("groupId", groupId), Guard.notNull("traits", traits), null, null);
    }

    /** The same with the group's traits and proof. */
    public void group(String groupId, Attributes traits, IdentityProof proof) {
        grouped(groupId, proof);
        client.group(groupId, Guard.notNull("traits", traits), proof, null);
    }

    /** The same, with a callback that hears what becomes of the event. */
    public void group(String groupId, Attributes traits, IdentityProof proof, EventCallback callback) {
        grouped(groupId, proof);
        client.group(groupId, Guard.notNull("traits", traits), proof, Guard.notNull("callback", callback));
    }

    /**
     * Something happened.
     *
     * @param name what, such as {@code "Invoice Paid"}; 1 to 256 Unicode code points
     */
    public void track(String name) {
        client.track(EventEncoder.checkName(name), null, null);
    }

    /** The same with what is to be known of it; 32 KiB an event. */
    public void track(String name, Attributes properties) {
        client.track(EventEncoder.checkName(name), Guard.notNull("properties", properties), null);
    }

    /** The same, with a callback that hears what becomes of the event. */
    public void track(String name, Attributes properties, EventCallback callback) {
        client.track(
                EventEncoder.checkName(name),
                Guard.notNull("properties", properties),
                Guard.notNull("callback", callback));
    }

    /**
     * Properties of every event tracked from now on, where the event has none of that name, until the session ends or they
     * are replaced. Not kept for the next process.
     */
    public void setSessionProperties(Attributes properties) {
        client.setSessionProperties(Guard.notNull("properties", properties));
    }

    /**
     * Sends what is queued soon, and asks the proof provider at once where it failed before: for an app that knows that
     * the network is back. A wait after failed requests ends a second after the last one; a wait that the server asked
     * for, or that a refused API key caused, is kept.
     */
    public void flush() {
        client.flush();
    }

    /**
     * Sends what is queued and waits for it. Not for a main thread.
     *
     * @return whether every event queued before this call was delivered, set aside or dropped in time; false also when
     *     the thread is interrupted, which stays set
     */
    public boolean flush(long timeout, TimeUnit unit) {
        return client.flush(millis(timeout, unit));
    }

    /** The user logs out; what is queued is still sent: {@link ClearPolicy#SEND}. */
    public ClearedSession clearSession() {
        return client.clearSession(ClearPolicy.SEND);
    }

    /**
     * The user logs out. Their id, group and proofs are forgotten, a new anonymous id is drawn, and a proof that is being
     * fetched for them is discarded.
     *
     * @return how many events were queued for the session, and what is done with them; before the directory is open, those
     *     of this process
     */
    public ClearedSession clearSession(ClearPolicy policy) {
        return client.clearSession(Guard.notNull("policy", policy));
    }

    /**
     * What the user agrees to, until it is said anew; also for later processes, when the client has a directory. After
     * {@link CollectionMode#DISABLED} users are to be identified anew.
     */
    public void setCollection(CollectionMode mode) {
        client.setCollection(Guard.notNull("mode", mode));
    }

    /** The id of the visitor until the session is cleared; null until the directory is open. */
    public @Nullable String getAnonymousId() {
        return client.anonymousId();
    }

    /** How delivery stands. */
    public Diagnostics diagnostics() {
        return client.diagnostics();
    }

    /**
     * Sends what can be sent in this time and ends the client; it does not wait for proofs that nobody is fetching, nor
     * for a request that may only be tried later. What is left stays in the directory, or is dropped and reported. Later
     * calls are dropped and reported; closing twice does nothing more.
     *
     * @return whether nothing was left
     */
    public boolean close(long timeout, TimeUnit unit) {
        long millis = millis(timeout, unit);
        try {
            return client.close(millis);
        } finally {
            release.run();
        }
    }

    /** Closes within five seconds. */
    @Override
    public void close() {
        close(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private static void identified(String userId, IdentityProof proof) {
        Guard.id("userId", userId);
        Guard.notNull("proof", proof).requireUser(userId);
    }

    private static void grouped(String groupId, IdentityProof proof) {
        Guard.id("groupId", groupId);
        Guard.notNull("proof", proof).requireGroup(groupId);
    }

    private static long millis(long timeout, TimeUnit unit) {
        Guard.range("timeout", timeout, 0, Long.MAX_VALUE);
        return Math.min(Guard.notNull("unit", unit).toMillis(timeout), TimeUnit.DAYS.toMillis(1));
    }
}
