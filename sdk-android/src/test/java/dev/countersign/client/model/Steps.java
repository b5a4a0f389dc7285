package dev.countersign.client.model;

import static net.jqwik.api.Arbitraries.just;
import static net.jqwik.api.Arbitraries.of;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.delivery.CollectionMode;
import dev.countersign.client.testkit.Answers;
import dev.countersign.client.testkit.SentEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;
import okhttp3.mockwebserver.MockResponse;

/** What can happen, and how often. */
final class Steps {
    private static final Arbitrary<String> USER = of(World.USERS);
    private static final Arbitrary<String> GROUP = of(World.GROUPS);
    private static final Arbitrary<Boolean> PROVEN = of(true, false);

    private static final String LOST = "the answer is lost";

    private Steps() {}

    static ActionChainArbitrary<World> chains() {
        return ActionChain.<World>startWith(World::new)
                .withAction(9, step(track()))
                .withAction(9, step(sessions()))
                .withAction(2, step(proofs()))
                .withAction(14, step(just(step("send", World::send))))
                .withAction(2, step(just(step("look", World::step))))
                .withAction(5, step(fetches()))
                .withAction(3, step(time()))
                .withAction(3, step(faults()))
                .withAction(4, step(duringRequests()))
                .withAction(2, step(just(step("kill", World::restart))));
    }

    private static Action.Independent<World> step(Arbitrary<Transformer<World>> steps) {
        return () -> steps;
    }

    private static Transformer<World> step(String name, Consumer<World> what) {
        return Transformer.mutate(name, what);
    }

    private static Arbitrary<Transformer<World>> track() {
        Arbitrary<Boolean> large = Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true));
        return Combinators.combine(PROVEN, large)
                .as((heard, padded) -> step(
                        "track" + (padded ? " much" : "") + (heard ? " with a callback" : ""),
                        world -> world.track(heard, padded)));
    }

    /** What changes whom events belong to, or whether they are recorded. */
    private static Arbitrary<Transformer<World>> sessions() {
        Arbitrary<Transformer<World>> identify = Combinators.combine(USER, PROVEN)
                .as((user, proven) -> step(
                        "identify " + user + (proven ? " with a proof" : ""), world -> world.identify(user, proven)));
        Arbitrary<Transformer<World>> group = Combinators.combine(GROUP, PROVEN)
                .as((id, proven) ->
                        step("group " + id + (proven ? " with a proof" : ""), world -> world.group(id, proven)));
        Arbitrary<Transformer<World>> adopt = Combinators.combine(USER, GROUP.injectNull(0.5))
                .as((user, account) ->
                        step("adopt a JWT of " + user + " in " + account, world -> world.adopt(user, account)));
        Arbitrary<Transformer<World>> clear =
                of(ClearPolicy.values()).map(policy -> step("clear " + policy, world -> world.clear(policy)));
        Arbitrary<Transformer<World>> collect = Arbitraries.frequency(
                        Tuple.of(6, CollectionMode.ENABLED),
                        Tuple.of(2, CollectionMode.PAUSED),
                        Tuple.of(1, CollectionMode.DISABLED))
                .map(mode -> step("collection " + mode, world -> world.collect(mode)));
        return Arbitraries.frequencyOf(
                Tuple.of(4, identify),
                Tuple.of(3, group),
                Tuple.of(1, adopt),
                Tuple.of(3, clear),
                Tuple.of(1, collect),
                Tuple.of(1, just(step("set a property of the session", World::describe))));
    }

    private static Arbitrary<Transformer<World>> proofs() {
        return Arbitraries.oneOf(
                USER.map(user -> step("push a proof of " + user, world -> world.push(user))),
                just(step("the keys rotate", World::rotate)),
                just(step("the back end has the new key", World::backEndCatchesUp)));
    }

    private static Arbitrary<Transformer<World>> fetches() {
        Arbitrary<BackEnd.Reply> reply = Arbitraries.frequencyOf(
                Tuple.of(3, just(BackEnd.Reply.PROOFS)), Tuple.of(2, of(BackEnd.Reply.values())));
        Arbitrary<Transformer<World>> meanwhile = Arbitraries.frequencyOf(
                Tuple.of(4, just(step("", world -> {}))),
                Tuple.of(2, sessions()),
                Tuple.of(1, just(step("31 s pass", world -> {
                    world.pass(31_000);
                    world.step();
                }))),
                Tuple.of(1, just(step("kill", World::restart))));
        return Combinators.combine(reply, meanwhile)
                .as((answer, during) -> step(
                        "the provider answers " + answer + " after: " + during.transformation(),
                        world -> world.fetch(answer, during::apply)));
    }

    private static Arbitrary<Transformer<World>> time() {
        return Arbitraries.frequency(
                        Tuple.of(6, 2_000L),
                        Tuple.of(4, TimeUnit.MINUTES.toMillis(1)),
                        Tuple.of(3, TimeUnit.MINUTES.toMillis(16)),
                        Tuple.of(1, TimeUnit.DAYS.toMillis(4)))
                .map(millis -> step(millis / 1000 + " s pass", world -> world.pass(millis)));
    }

    private static Arbitrary<Transformer<World>> faults() {
        List<MockResponse> faults = List.of(
                Answers.error(503, "KEYS_UNAVAILABLE"),
                Answers.error(500, "INTERNAL"),
                Answers.overloaded(60),
                Answers.redirect("http://127.0.0.1:9/elsewhere"),
                Answers.error(401, "INVALID_API_KEY"),
                Answers.json(401, "{\"message\":\"please log in to the hotel\"}"),
                Answers.json(200, "<html>Hi"),
                Answers.dropped());
        return of(faults).map(fault -> step("next: " + fault, world -> world.network.next(events -> fault.clone())));
    }

    /** Something happens while a request is under way, before or after the collector has stored it. */
    private static Arbitrary<Transformer<World>> duringRequests() {
        Arbitrary<Transformer<World>> what = Arbitraries.frequencyOf(
                Tuple.of(4, sessions()),
                Tuple.of(1, track()),
                Tuple.of(1, proofs()),
                Tuple.of(2, just(step(LOST, world -> {}))),
                Tuple.of(2, just(step("kill", world -> {
                    throw new World.Killed();
                }))));
        return Combinators.combine(what, of(true, false))
                .as((during, stored) -> step(
                        "during the next request, " + (stored ? "stored" : "not stored") + ": "
                                + during.transformation(),
                        world -> world.network.next(events -> meanwhile(world, during, stored, events))));
    }

    private static MockResponse meanwhile(
            World world, Transformer<World> during, boolean stored, List<SentEvent> events) {
        MockResponse verdict = stored ? world.network.judged(events) : null;
        during.apply(world);
        boolean lost = during.transformation().equals(LOST);
        return lost ? Answers.dropped() : verdict == null ? world.network.judged(events) : verdict;
    }
}
