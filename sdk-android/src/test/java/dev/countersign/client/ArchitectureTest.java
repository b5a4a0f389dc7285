package dev.countersign.client;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;

/** The directions in which packages may depend on each other, and what the client must not touch. */
@AnalyzeClasses(packages = "dev.countersign.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CLIENT = "dev.countersign.client.";
    private static final String FACADE = "";

    /** What each package may know; those on the right stand further down, so nothing goes round. */
    private static final Map<String, List<String>> KNOWN = Map.ofEntries(
            entry("internal.support"),
            entry("internal.storage"),
            entry("internal.queue", "internal.storage", "internal.support"),
            entry("identity", "internal.support"),
            entry("event", "internal.support"),
            entry("delivery", "identity"),
            entry("internal.event", "event", "internal.support"),
            entry("internal.session", "delivery", "event", "internal.support"),
            entry("internal.proof", "internal.session", "delivery", "identity", "internal.support"),
            entry("internal.transport", "delivery", "internal.support"),
            entry(
                    "internal.delivery",
                    "internal.proof",
                    "internal.transport",
                    "internal.queue",
                    "internal.session",
                    "internal.event",
                    "delivery",
                    "identity",
                    "internal.support"),
            entry("android", FACADE, "delivery", "event", "internal.support"));

    private static Map.Entry<String, List<String>> entry(String name, String... known) {
        return Map.entry(name, List.of(known));
    }

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.countersign.client.(**)").should().beFreeOfCycles();

    @ArchTest
    @ArchTag("R39")
    @ArchTag("T9")
    static final ArchRule NOTHING_SIGNS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.crypto..", "java.security.spec..")
            .because("the client never holds a secret");

    @ArchTest
    static final ArchRule ONLY_ONE_PACKAGE_KNOWS_ANDROID = noClasses()
            .that()
            .resideOutsideOfPackage(CLIENT + "android")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("android..")
            .because("the client runs on any JVM");

    @ArchTest
    static final ArchRule NOTHING_KNOWS_ANDROIDX =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("androidx..");

    @ArchTest
    static final ArchRule ONLY_API_21_TYPES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.time..", "java.nio.file..", "java.util.function..", "java.util.stream..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(Optional.*|Base64.*|StringJoiner|concurrent\\.CompletableFuture"
                    + "|concurrent\\.StampedLock|concurrent\\.atomic\\.(Long|Double)(Adder|Accumulator))");

    @ArchTest
    static final ArchRule ONLY_API_21_METHODS = noClasses()
            .should()
            .callMethodWhere(newer(
                            "java\\.util\\..*(Map|Entry)",
                            "getOrDefault|compute.*|merge|forEach|replaceAll|comparing.*|newKeySet")
                    .or(newer("java\\.util\\.concurrent\\.ConcurrentHashMap", "keySet"))
                    .or(newer(
                            "java\\.util\\..*(List|Set|Collection|Deque|Queue|Arrays|Comparator)",
                            "sort|removeIf|stream|of|copyOf|forEach|comparing.*|reversed"))
                    .or(newer(
                            "java\\.lang\\.(Long|Integer|Boolean|Double|Float|Character)",
                            "hashCode|sum|max|min|.*[uU]nsigned.*|isFinite"))
                    .or(newer("java\\.lang\\.Math", "floorDiv|floorMod|.*Exact"))
                    .or(newer("java\\.lang\\.ThreadLocal", "withInitial"))
                    .or(newer("java\\.lang\\.String", "join|chars|codePoints"))
                    .or(newer(
                            "java\\.util\\.concurrent\\.atomic\\..*", "updateAndGet|getAndUpdate|.*[aA]ccumulate.*")));

    @ArchTest
    static void packagesKnowOnlyWhatLiesBelowThem(JavaClasses classes) {
        KNOWN.forEach((name, known) -> noClasses()
                .that()
                .resideInAPackage(CLIENT + name)
                .should()
                .dependOnClassesThat(describe(
                        "are ours but in none of " + known,
                        type -> type.getPackageName().startsWith("dev.countersign")
                                && !type.getPackageName().equals(CLIENT + name)
                                && known.stream()
                                        .noneMatch(k -> (type.getPackageName() + ".")
                                                .equals(CLIENT + k + (k.isEmpty() ? "" : ".")))))
                .check(classes));
    }

    private static DescribedPredicate<JavaCall<?>> newer(String types, String methods) {
        return describe(
                types + "." + methods + ", which API 21 has not",
                call -> call.getTargetOwner().getName().matches(types)
                        && call.getName().matches(methods)
                        && !(call.getTargetOwner().getName().equals("java.util.Arrays")
                                && call.getName().matches("copyOf|sort")));
    }
}
