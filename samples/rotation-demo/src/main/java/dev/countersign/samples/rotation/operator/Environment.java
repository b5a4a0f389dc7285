package dev.countersign.samples.rotation.operator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One environment of the collector and the keys it was given, oldest first. Thread-safe. */
public final class Environment {

    private final ProofForm form;
    private final String id;
    private final String apiKey;
    private final List<IssuedKey> keys = new CopyOnWriteArrayList<>();

    /**
     * An environment without a key.
     *
     * @param id the collector's id; a JWT's audience
     * @param apiKey public: it says which environment, not who
     */
    public Environment(ProofForm form, String id, String apiKey) {
        this.form = form;
        this.id = id;
        this.apiKey = apiKey;
    }

    /** The only form of proof that the environment accepts. */
    public ProofForm form() {
        return form;
    }

    /** The environment's name in the back ends' settings, such as {@code hmac-hex}. */
    public String name() {
        return form.id();
    }

    /** The collector's id of the environment. */
    public String id() {
        return id;
    }

    /** The public key that clients send. */
    public String apiKey() {
        return apiKey;
    }

    /** Notes a new key. */
    public void add(IssuedKey key) {
        keys.add(key);
    }

    /** Every key so far, oldest first: the first is generation 1. */
    public List<IssuedKey> keys() {
        return List.copyOf(keys);
    }

    /** The newest key. */
    public IssuedKey newKey() {
        return keys.get(keys.size() - 1);
    }

    /** The key before the newest: the one that a rotation replaces. */
    public IssuedKey oldKey() {
        return keys.get(keys.size() - 2);
    }

    /** The place of {@code keyId} among the keys, from 1; 0 if it is not one of them. */
    public int generation(String keyId) {
        return keys.stream().map(IssuedKey::id).toList().indexOf(keyId) + 1;
    }
}
