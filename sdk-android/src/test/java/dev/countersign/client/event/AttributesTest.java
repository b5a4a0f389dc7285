package dev.countersign.client.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.internal.support.JsonBytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AttributesTest {

    @Test
    void everyAllowedType_isWrittenAsJson() {
        Attributes attributes = Attributes.builder()
                .put("text", "é\"")
                .put("int", 1)
                .put("long", Long.MIN_VALUE)
                .put("double", 42.5)
                .put("big", new BigInteger("12345678901234567890"))
                .put("decimal", new BigDecimal("1E+400"))
                .put("yes", true)
                .put("nothing", null)
                .put("unit", TimeUnit.DAYS)
                .put("date", new Date(1_795_168_800_000L))
                .put("list", Arrays.asList(1, "b", null))
                .put("array", new String[] {"x"})
                .put("map", Map.of("k", List.of(1)))
                .put("more", Attributes.of("k", "v"))
                .build();
        assertEquals(
                "{\"text\":\"é\\\"\",\"int\":1,\"long\":-9223372036854775808,\"double\":42.5,"
                        + "\"big\":12345678901234567890,\"decimal\":1E+400,\"yes\":true,\"nothing\":null,"
                        + "\"unit\":\"DAYS\",\"date\":\"2026-11-20T10:00:00.000Z\",\"list\":[1,\"b\",null],"
                        + "\"array\":[\"x\"],\"map\":{\"k\":[1]},\"more\":{\"k\":\"v\"}}",
                json(attributes));
        assertEquals(14, attributes.size());
    }

    @Test
    void theShortForms_areTheSame() {
        assertEquals("{}", json(Attributes.empty()));
        assertEquals("{\"a\":1}", json(Attributes.of("a", 1)));
        assertEquals("{\"a\":1,\"b\":2}", json(Attributes.of("a", 1, "b", 2)));
        assertEquals("{\"a\":1,\"b\":2,\"c\":3}", json(Attributes.of("a", 1, "b", 2, "c", 3)));
        assertEquals("{\"a\":1,\"b\":2,\"c\":3,\"d\":4}", json(Attributes.of("a", 1, "b", 2, "c", 3, "d", 4)));
        assertEquals("{\"a\":1}", json(Attributes.of(Map.of("a", 1))));
    }

    @Test
    void attributesMadeWithinAttributes_staySeparate() {
        Iterable<Object> maker =
                () -> List.<Object>of(Attributes.of("inner", 1)).iterator();
        assertEquals("{\"a\":1,\"list\":[{\"inner\":1}],\"z\":2}", json(Attributes.of("a", 1, "list", maker, "z", 2)));
    }

    @Test
    void attributesMadeAfterARefusalOrALargeOne_areWhole() {
        assertThrows(IllegalArgumentException.class, () -> Attributes.of("a", 1, "b", Double.NaN));
        Attributes.of("large", "x".repeat(20_000), "b", Map.of("k", Map.of()));
        Attributes next = Attributes.of("b", 2, "a", 1);
        assertEquals("{\"b\":2,\"a\":1}", json(next));
        assertEquals(1, next.depth());
    }

    @Test
    void namesWithEqualHashCodes_areToldApart() {
        assertEquals("{\"Aa\":1,\"BB\":2}", json(Attributes.of("Aa", 1, "BB", 2)));
        refusedTwice(Attributes.builder().put("Aa", 1).put("BB", 2), "BB");
    }

    @Test
    void severalThreads_eachGetTheirOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String mine = "t" + t;
            all.add(threads.submit(() -> {
                boolean right = true;
                for (int i = 0; i < 20_000; i++) {
                    right &= json(Attributes.of("mine", mine, "i", i))
                            .equals("{\"mine\":\"" + mine + "\",\"i\":" + i + "}");
                }
                return right;
            }));
        }
        threads.shutdown();
        for (Future<Boolean> one : all) {
            assertTrue(one.get());
        }
    }

    @Test
    void aListChangedLater_changesNothing() {
        List<Object> list = new ArrayList<>(List.of(1));
        Attributes attributes = Attributes.of("list", list);
        list.add(2);
        assertEquals("{\"list\":[1]}", json(attributes));
    }

    @Test
    void whatIsNotAllowed_isRefusedWithItsPath() {
        refused("attributes.n: NaN, allowed are finite numbers", "n", Double.NaN);
        refused("attributes.n: -Infinity, allowed are finite numbers", "n", Float.NEGATIVE_INFINITY);
        refused(
                "attributes.a.b[1].c: NaN, allowed are finite numbers",
                "a",
                Map.of("b", List.of(1, Map.of("c", Double.NaN))));
        refused("attributes.a: a java.lang.Object, allowed are", "a", new Object());
        refused("attributes.a: a java.util.concurrent.atomic.AtomicInteger, allowed are", "a", new AtomicInteger());
        refused("attributes.a: a map with a key that is not a string", "a", Map.of(1, 2));
        refused("attributes: name: 0 code points, allowed are 1 to 256", "", 1);
        refused("attributes: name: null is not allowed", null, 1);
    }

    @Test
    void nestingAndCycles_areRefusedWithTheirPath() {
        Object deep = Map.of("c", Map.of("d", Map.of("e", 1)));
        assertEquals("{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":1}}}}}", json(Attributes.of("a", Map.of("b", deep))));
        refused("attributes.z.a.b.c.d: nested deeper than 5 levels", "z", Map.of("a", Map.of("b", deep)));
        refused("attributes.z.y: nested deeper than 5 levels", "z", Map.of("y", Attributes.of("b", deep)));
        Map<String, Object> cycle = new HashMap<>();
        cycle.put("self", cycle);
        refused("attributes.a.self.self.self.self: nested deeper than 5 levels, or within itself", "a", cycle);
        List<Object> loop = new ArrayList<>();
        loop.add(loop);
        refused("attributes.a[0][0][0][0]: nested deeper", "a", loop);
    }

    @Test
    void moreThan32KiB_isRefused() {
        String most = "x".repeat(32 * 1024 - "{'a':''}".length());
        assertEquals(32 * 1024, Attributes.of("a", most).byteCount());
        refused("attributes.a: 32769 bytes with this value, allowed are 32768", "a", most + "x");
        refused("attributes.a: 40000 characters, allowed are 32768 bytes in all", "a", "x".repeat(40_000));
        Iterable<Integer> endless =
                () -> java.util.stream.Stream.generate(() -> 1).iterator();
        refused("attributes.a: too many values", "a", endless);
    }

    @Test
    void aRefusedValue_leavesTheBuilderAsItWas() {
        Attributes.Builder builder = Attributes.builder().put("a", 1);
        assertThrows(IllegalArgumentException.class, () -> builder.put("b", List.of(1, Double.NaN)));
        assertThrows(IllegalArgumentException.class, () -> builder.put("a", 2));
        assertEquals("{\"a\":1,\"c\":3}", json(builder.put("c", 3).build()));
    }

    @Test
    void anOddNumberOfArguments_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Attributes.of(new Object[] {"a"}));
        assertThrows(IllegalArgumentException.class, () -> Attributes.of(new Object[] {1, 2}));
    }

    @Test
    void values_printNowhere() {
        assertFalse(Attributes.of("email", "a@b.c").toString().contains("a@b.c"));
    }

    private static void refusedTwice(Attributes.Builder builder, String name) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> builder.put(name, 1));
        assertEquals("attributes." + name + ": given twice, allowed is once", e.getMessage());
    }

    private static void refused(String message, String name, Object value) {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> Attributes.builder().put(name, value));
        assertEquals(
                message,
                e.getMessage()
                        .substring(0, Math.min(message.length(), e.getMessage().length())));
    }

    private static String json(Attributes attributes) {
        JsonBytes out = new JsonBytes(16);
        attributes.writeTo(out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void defaults_areAddedWhereTheNameIsMissing() {
        Attributes own = Attributes.of("a\"}", 1, "b", List.of("x,\"c\":", Map.of("d", "}")));
        Attributes defaults = Attributes.of("d", true, "a\"}", 2, "c", Map.of("b", "]\\"), "b", null);
        Attributes both = own.withDefaults(defaults);
        assertEquals(
                "{\"a\\\"}\":1,\"b\":[\"x,\\\"c\\\":\",{\"d\":\"}\"}],\"d\":true,\"c\":{\"b\":\"]\\\\\"}}", json(both));
        assertEquals(4, both.size());
        assertEquals(json(own), json(own.withDefaults(Attributes.empty())));
        assertEquals(json(own), json(Attributes.empty().withDefaults(own)));
        assertEquals(json(own), json(own.withDefaults(own)));
    }
}
