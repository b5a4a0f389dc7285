package dev.countersign.samples.backends.contract;

import org.junit.jupiter.api.Assumptions;

/** Whether a back end's platform is there. In CI it has to be. */
final class Installed {
    private Installed() {}

    /** Skips the calling test, saying why, when something is missing; with {@code CI=true} fails it instead. */
    static void orSkip(BackEndUnderTest backEnd) {
        backEnd.missing().ifPresent(missing -> {
            String reason = "back end " + backEnd.name() + ": " + missing;
            if (isCi()) {
                throw new AssertionError(reason + " (CI=true: nothing may be skipped)");
            }
            System.out.println("SKIPPED " + reason);
            Assumptions.abort(reason);
        });
    }

    static boolean isCi() {
        return "true".equals(System.getenv("CI"));
    }
}
