package dev.countersign.client.watch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches one thread for file and socket calls, and the client's threads for locks of the client that they hold while they
 * make some. What the JVM itself does to load a class on the watched thread does not count.
 */
public final class IoWatch implements AutoCloseable {
    private static final String SPARE = "dev.countersign.client.internal.queue.SegmentPool.await";
    private static final String PARK = "java.util.concurrent.locks.LockSupport.";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final StackWalker WALKER = StackWalker.getInstance();

    private final Thread watched = Thread.currentThread();
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> parks = new CopyOnWriteArrayList<>();
    private final Set<String> heldLocks = ConcurrentHashMap.newKeySet();
    private final AtomicInteger othersCalls = new AtomicInteger();
    private final AtomicInteger waitsForSpare = new AtomicInteger();
    private final long waitedBefore;
    private volatile boolean on = true;

    /** Watches the current thread from now on. */
    public IoWatch() throws IOException {
        IoAgent.install();
        record("warm-up"); // loads what it needs itself
        calls.clear();
        IoHook.watcher = this::called;
        waitedBefore = THREADS.getThreadInfo(watched.getId()).getWaitedCount();
    }

    private void called(String method) {
        Thread now = Thread.currentThread();
        boolean client = now.getName().startsWith("countersign-");
        if ((now == watched ? !on : !client) || inside.get()) {
            return;
        }
        inside.set(true);
        try {
            if (method.equals(SPARE)) {
                waitsForSpare.addAndGet(now == watched ? 1 : 0);
            } else if (method.startsWith(PARK)) {
                if (now == watched) {
                    parks.add(stack(method));
                }
            } else if (now == watched) {
                record(method);
            } else if (!stack(method).isEmpty()) {
                othersCalls.incrementAndGet();
                noteLocks(now, method);
            }
        } finally {
            inside.set(false);
        }
    }

    private void record(String method) {
        String where = stack(method);
        if (!where.isEmpty()) {
            calls.add(where);
        }
    }

    /** The project's methods that led here; empty when a class is being loaded. */
    private static String stack(String method) {
        return WALKER.walk(frames -> {
            StringBuilder stack = new StringBuilder(method);
            boolean[] loading = new boolean[1];
            frames.forEach(frame -> {
                String type = frame.getClassName();
                loading[0] |= type.startsWith("jdk.internal.loader.") || type.equals("java.lang.ClassLoader");
                if (type.startsWith("dev.countersign.") && !type.startsWith("dev.countersign.client.watch.")) {
                    stack.append(" < ")
                            .append(type.substring(type.lastIndexOf('.') + 1))
                            .append('.')
                            .append(frame.getMethodName());
                }
            });
            return loading[0] ? "" : stack.toString();
        });
    }

    private void noteLocks(Thread now, String method) {
        ThreadInfo info = THREADS.getThreadInfo(new long[] {now.getId()}, true, false)[0];
        for (MonitorInfo lock : info.getLockedMonitors()) {
            StackTraceElement where = lock.getLockedStackFrame();
            if (where != null && where.getClassName().startsWith("dev.countersign.")) {
                heldLocks.add(
                        where.getClassName().substring(where.getClassName().lastIndexOf('.') + 1) + "."
                                + where.getMethodName() + " during " + method);
            }
        }
    }

    /** File and socket calls on the watched thread, each with the project's methods that led to it. */
    public List<String> calls() {
        return calls;
    }

    /** Methods of the client that held a lock while one of its other threads made a file or socket call. */
    public Set<String> heldLocks() {
        return heldLocks;
    }

    /** How many file and socket calls the client's other threads made. */
    public int othersCalls() {
        return othersCalls.get();
    }

    /** How often the watched thread looked whether it has to wait for the next file. */
    public int waitsForSpare() {
        return waitsForSpare.get();
    }

    /** Where the watched thread waited for a lock of the JDK's, such as that of an executor's queue. */
    public List<String> parks() {
        return parks;
    }

    /** How often the watched thread waited, for whatever it was; locks apart. */
    public long waits() {
        return THREADS.getThreadInfo(watched.getId()).getWaitedCount() - waitedBefore;
    }

    /** Does not count meanwhile what the test itself does. */
    public void pause(boolean yes) {
        on = !yes;
    }

    @Override
    public void close() {
        IoHook.watcher = null;
    }
}
