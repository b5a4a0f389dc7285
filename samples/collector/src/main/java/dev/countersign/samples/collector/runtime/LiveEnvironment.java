package dev.countersign.samples.collector.runtime;

import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.InvalidInOptional;
import dev.countersign.samples.collector.environment.KeyStore;
import dev.countersign.samples.collector.judging.EventJudge;
import dev.countersign.samples.collector.judging.Proofs;
import dev.countersign.samples.collector.traffic.LiveFeed;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.key.KeySource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An environment as the ingest path uses it: what it reads here is one volatile field, never the database. Thread-safe.
 *
 * <p>Its keys come from caches; {@link #refresh} brings a change in at once.
 */
public final class LiveEnvironment implements AutoCloseable {
    private final Time time;
    private final Counters counters = new Counters();
    private final LiveFeed feed = new LiveFeed();
    private final LiveRing users; // Guarded by this, as the next one.
    private final @Nullable LiveRing groups;
    private volatile State state;

    private record State(Environment environment, EventJudge judge) {}

    LiveEnvironment(Environment environment, KeyStore keyStore, Time time) throws IOException {
        this.time = time;
        users = new LiveRing(environment.userRing(), keyStore, time);
        groups = environment.groupKeys() ? new LiveRing(environment.groupRing(), keyStore, time) : null;
        users.takeOver();
        if (groups != null) {
            groups.takeOver();
        }
        state = state(environment);
    }

    /** Its settings. */
    public Environment environment() {
        return state.environment;
    }

    /** The judge of its events. */
    public EventJudge judge() {
        return state.judge;
    }

    /** What it has seen since the collector started. */
    public Counters counters() {
        return counters;
    }

    /** Its latest events. */
    public LiveFeed feed() {
        return feed;
    }

    /** The version of a ring of it that events are judged by now; 0 while that has no key. */
    public synchronized long ringVersion(String ring) {
        LiveRing of = groups != null && ring.equals(environment().groupRing()) ? groups : users;
        return of.version();
    }

    /**
     * Takes changed settings and keys over; when this returns, the next event is judged by them.
     *
     * @throws IOException when the keys cannot be read; the settings are in use all the same
     */
    synchronized void refresh(Environment environment) throws IOException {
        takeOver(environment);
        users.refresh();
        if (groups != null) {
            groups.refresh();
        }
    }

    /** Takes changed settings over, and the first keys; later keys refresh themselves. */
    synchronized void takeOver(Environment environment) throws IOException {
        if (!environment.equals(state.environment)) {
            state = state(environment);
        }
        boolean first = users.takeOver();
        if (groups != null) {
            first |= groups.takeOver();
        }
        if (first) {
            state = state(environment);
        }
    }

    @Override
    public synchronized void close() {
        users.close();
        if (groups != null) {
            groups.close();
        }
    }

    private State state(Environment environment) {
        Proofs ofUsers = proofs(environment, users.source());
        Proofs all = groups == null ? ofUsers : Proofs.split(ofUsers, proofs(environment, groups.source()));
        boolean marksInvalid = environment.invalidInOptional() == InvalidInOptional.MARK;
        return new State(environment, new EventJudge(environment.policy(), marksInvalid, all));
    }

    private Proofs proofs(Environment environment, @Nullable KeySource keys) {
        if (keys == null) {
            return Proofs.noKeysYet();
        }
        return switch (environment.form()) {
            case HMAC_HEX -> Proofs.hmac(HmacFormat.HEX, keys);
            case HMAC_BASE64 -> Proofs.hmac(HmacFormat.BASE64, keys);
            case HMAC_V1 -> Proofs.hmac(HmacFormat.HMAC_V1, keys);
            case JWT -> Proofs.jwt(environment.profile().hasAudience() ? environment.id() : null, keys, time.clock());
        };
    }
}
