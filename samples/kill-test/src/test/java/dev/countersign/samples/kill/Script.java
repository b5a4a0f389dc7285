package dev.countersign.samples.kill;

import java.util.List;
import java.util.Map;

/**
 * What one process of the app is to do.
 *
 * @param job what it does
 * @param act what it is busy with
 * @param firstNumber of its events
 * @param halt when it ends itself: {@link #NEVER}, a number of microseconds, or a {@link Phase}
 * @param proofs one for each user
 */
record Script(
        Job job,
        Act act,
        long firstNumber,
        String halt,
        String directory,
        String url,
        String apiKey,
        String keyName,
        List<String> proofs) {

    /** What the process does. */
    enum Job {
        /** Tracks until it is killed. */
        TRACK,
        /** Makes 500 calls and halts. */
        FIVE_HUNDRED,
        /** Sends all that is left, with everybody's proofs, and ends. */
        DRAIN
    }

    /** Somebody else ends it. */
    static final String NEVER = "never";

    /** The user who has no proof while {@link Act#COMPACTING}. */
    static final int LATE = 0;

    private static final String PREFIX = "KILL_TEST_";

    /** A user's id. */
    static String userId(int user) {
        return "user " + user;
    }

    /** As environment variables: proofs have no place on a command line. */
    Map<String, String> toEnvironment() {
        return Map.of(
                PREFIX + "JOB", job.name(),
                PREFIX + "ACT", act.name(),
                PREFIX + "FIRST", Long.toString(firstNumber),
                PREFIX + "HALT", halt,
                PREFIX + "DIRECTORY", directory,
                PREFIX + "URL", url,
                PREFIX + "API_KEY", apiKey,
                PREFIX + "KEY_NAME", keyName,
                PREFIX + "PROOFS", String.join(" ", proofs));
    }

    static Script fromEnvironment() {
        return new Script(
                Job.valueOf(value("JOB")),
                Act.valueOf(value("ACT")),
                Long.parseLong(value("FIRST")),
                value("HALT"),
                value("DIRECTORY"),
                value("URL"),
                value("API_KEY"),
                value("KEY_NAME"),
                List.of(value("PROOFS").split(" ")));
    }

    private static String value(String name) {
        return System.getenv(PREFIX + name);
    }
}
