package dev.countersign.samples.collector.scaled;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The scaled storage takes the collector's place of storage, and nothing else of it; its engines stay inside. */
@AnalyzeClasses(
        packages = "dev.countersign.samples.collector.scaled",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.countersign.samples.collector.";
    private static final String SCALED = ROOT + "scaled..";

    @ArchTest
    static final ArchRule itNeitherReadsRequests_norJudgesThem_norAdministrates_norShowsThem = noClasses()
            .that()
            .resideInAPackage(SCALED)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "http..",
                    ROOT + "ingest..",
                    ROOT + "judging..",
                    ROOT + "admin..",
                    ROOT + "dashboard..",
                    "io.micronaut.http..",
                    "dev.countersign.server..",
                    "dev.countersign.client..");

    @ArchTest
    static final ArchRule kafkaIsKnownToTheTopicsReadersAndWritersAlone = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(Topic|KafkaEventStore|EventConsumer|ScaledStorage|\\$ScaledStorage)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule onlyTheStorageIsComposed = noClasses()
            .that()
            .resideInAPackage(SCALED)
            .and()
            .doNotHaveSimpleName("ScaledStorage")
            .and()
            .haveNameNotMatching(".*\\.\\$.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micronaut..", "jakarta.inject..");

    @ArchTest
    static final ArchRule recordsAndRows_doNoInputOrOutputOfTheirOwn = noClasses()
            .that()
            .haveSimpleName("EventRecord")
            .or()
            .haveSimpleName("CopyText")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.apache.kafka..", "org.postgresql..");
}
