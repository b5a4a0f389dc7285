package dev.countersign.samples.rotation.process;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends the demo with Maven, which starts it. Standard input is no tether here, for Maven may have none to hand on; but a
 * process whose parent has ended gets another parent.
 */
public final class ParentTether {

    private ParentTether() {}

    /** Exits with {@link Tethered#PARENT_GONE} within a second after this process's parent has ended. */
    public static void exitWithParent() {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "parent-tether");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> unused = watch.scheduleWithFixedDelay(
                () -> {
                    if (!ProcessHandle.current().parent().equals(parent)) {
                        System.exit(Tethered.PARENT_GONE);
                    }
                },
                1,
                1,
                TimeUnit.SECONDS);
    }
}
