package dev.countersign.client.model;

import dev.countersign.client.delivery.CollectionMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who is using the app, by the rules of the API's documentation and nothing else. A session begins with the process, at
 * log-out, and when another user logs in; proofs serve the session in which they were supplied.
 */
final class App {
    String user;
    String group;
    int visitor = 1;
    /** Of every event tracked in this session; 0 for none. */
    int property;

    int session = 1;
    int process = 1;
    CollectionMode mode = CollectionMode.ENABLED;
    /** The session in which a user was last the current one. */
    final Map<String, Integer> lastSession = new HashMap<>();

    final Map<Integer, Integer> sessionOfVisitor = new HashMap<>(Map.of(1, 1));
    /** Users whose events wait for their return. */
    final Set<String> held = new HashSet<>();

    private boolean saved;
    private String savedUser;
    private String savedGroup;
    private int savedVisitor;
    private CollectionMode savedMode = CollectionMode.ENABLED;
    private int visitors = 1;

    void identify(String userId) {
        if (user != null && !user.equals(userId)) {
            leave();
        }
        if (user == null) {
            held.remove(userId);
        }
        user = userId;
        lastSession.put(userId, session);
    }

    /** The user logs out. */
    void leave() {
        user = null;
        group = null;
        property = 0;
        session++;
        newVisitor();
    }

    private void newVisitor() {
        visitor = ++visitors;
        sessionOfVisitor.put(visitor, session);
    }

    /** What the directory holds from now on. */
    void save() {
        saved = true;
        savedMode = mode;
        boolean forget = mode == CollectionMode.DISABLED;
        savedUser = forget ? null : user;
        savedGroup = forget ? null : group;
        savedVisitor = forget ? 0 : visitor;
    }

    void restart() {
        process++;
        session++;
        property = 0;
        user = savedUser;
        group = savedGroup;
        mode = savedMode;
        if (saved && savedVisitor != 0) {
            visitor = savedVisitor;
            sessionOfVisitor.put(visitor, session);
        } else {
            newVisitor();
        }
        if (user != null) {
            lastSession.put(user, session);
            held.remove(user);
        }
    }
}
