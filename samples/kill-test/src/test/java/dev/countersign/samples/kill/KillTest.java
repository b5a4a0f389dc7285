package dev.countersign.samples.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** See README.md. */
class KillTest {
    private static final int KILLS = Integer.getInteger("kills", 12);
    /** Longest an act goes on. */
    private static final int MOST_KILLS_OF_AN_ACT = 8;

    private static final int LATEST_KILL_MICROS = 1_200_000;

    private final long seed = Long.getLong("kills.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Book book = new Book();
    private final Tally tally = new Tally();
    private static final Path WORK = Path.of(System.getProperty("kills.target", "target"), "kills");
    private static Stage stage;

    /** When an act began, and which it is. */
    private record Beginning(long first, Act act) {}

    private final List<Beginning> beginnings = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        if (Files.exists(WORK)) {
            try (Stream<Path> old = Files.walk(WORK)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        stage = new Stage(Path.of(System.getProperty("kills.samples", "..")), Files.createDirectories(WORK));
    }

    @AfterAll
    static void stop() throws Exception {
        stage.close();
    }

    @Test
    @Tag("R65")
    @Tag("R82")
    void anAppThatIsKilledAtAnyMoment_losesAndDoublesNothing() throws Exception {
        stage.newEnvironment();
        int acts = Act.values().length;
        int rounds = (KILLS + acts * MOST_KILLS_OF_AN_ACT - 1) / (acts * MOST_KILLS_OF_AN_ACT);
        Verdict verdict = new Verdict(book);
        for (int i = 0; i < rounds * acts; i++) {
            play(Act.values()[i % acts], KILLS * (i + 1) / (rounds * acts) - KILLS * i / (rounds * acts));
        }
        verdict.read(stage.store().read(stage.environment()), this::actOf);
        for (int i = 0; i < beginnings.size(); i++) {
            long end = i + 1 < beginnings.size() ? beginnings.get(i + 1).first() : book.next();
            verdict.judge(beginnings.get(i).act(), beginnings.get(i).first(), end, App.MOST_EVENTS);
        }
        System.out.println(tally.text(book, verdict) + "\nseed " + seed);
        assertEquals(List.of(), verdict.faults());
        assertEquals(0, verdict.lost());
        assertEquals(0, verdict.duplicated());
        assertEquals(0, book.refused(), "rejected, or dropped for another reason than a full queue");
        assertEquals(0, book.storageProblems(), "complaints about the directory: see " + WORK);
        assertTrue(
                verdict.evictedByName() <= verdict.evicted() + book.underWay(), "named as given up, and not missing");
        assertTrue(book.evictedByCount() >= verdict.evicted(), "missing, and nobody was told");
        tally.requireEveryPhaseToBeHit();
    }

    @Test
    void fiveHundredCallsAndAHalt_keepFiveHundred() throws Exception {
        stage.newEnvironment();
        stage.link().cut();
        Path directory = WORK.resolve("five-hundred");
        beginnings.add(new Beginning(0, Act.SENDING));
        live(stage.script(Script.Job.FIVE_HUNDRED, Act.SENDING, 0, Script.NEVER, directory))
                .awaitEnd();
        assertEquals(500, book.returned());
        drain(Act.SENDING, directory);
        Verdict verdict = new Verdict(book);
        verdict.read(stage.store().read(stage.environment()), this::actOf);
        verdict.judge(Act.SENDING, 0, 500, App.MOST_EVENTS);
        System.out.println("returned 500 lost " + verdict.lost() + " duplicated " + verdict.duplicated());
        assertEquals(List.of(), verdict.faults());
        assertEquals(0, book.refused());
    }

    private void play(Act act, int kills) throws Exception {
        Path directory = WORK.resolve("app");
        beginnings.add(new Beginning(book.next(), act));
        if (act == Act.EVICTING) {
            stage.link().cut();
        }
        for (int i = 0; i < kills; i++) {
            int moment = 200_000 + random.nextInt(LATEST_KILL_MICROS - 200_000);
            boolean aimed = i % 2 == 1;
            boolean byItself = i % 4 == 0;
            String halt = aimed ? act.aim(i / 2).name() : byItself ? Integer.toString(moment) : Script.NEVER;
            try (Life life = live(stage.script(Script.Job.TRACK, act, book.next(), halt, directory))) {
                if (halt.equals(Script.NEVER)) {
                    life.killAfter(moment);
                } else {
                    life.awaitEnd();
                }
            }
            tally.killed(act, aimed, book);
        }
        drain(act, directory);
    }

    private void drain(Act act, Path directory) throws Exception {
        stage.link().restore();
        try (Life life = live(stage.script(Script.Job.DRAIN, act, book.next(), Script.NEVER, directory))) {
            assertEquals(0, life.awaitEnd(), "exit status: see " + WORK);
        }
        assertTrue(book.isDrained(), "not everything could be delivered");
    }

    private Life live(Script script) throws Exception {
        return new Life(script, book, WORK.resolve("app.log"));
    }

    private Act actOf(long n) {
        Act act = Act.SENDING;
        for (Beginning beginning : beginnings) {
            act = beginning.first() <= n ? beginning.act() : act;
        }
        return act;
    }
}
