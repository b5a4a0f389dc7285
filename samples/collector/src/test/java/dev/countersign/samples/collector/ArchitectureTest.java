package dev.countersign.samples.collector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Arrows between packages go one way, and the collector uses the SDK as its users do. */
@AnalyzeClasses(packages = "dev.countersign.samples.collector", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.countersign.samples.collector.";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule readingKnowsNeitherKeysNorStorageNorHttp = noClasses()
            .that()
            .resideInAPackage(ROOT + "event..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.countersign.server..", ROOT + "storage..", ROOT + "environment..", "io.micronaut..");

    @ArchTest
    static final ArchRule storageKnowsNoKeysAndNoHttp = noClasses()
            .that()
            .resideInAPackage(ROOT + "storage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.countersign.server..", ROOT + "environment..", "io.micronaut..");

    @ArchTest
    static final ArchRule judgingDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage(ROOT + "judging..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "java.io..", "java.nio..", ROOT + "storage..", "io.micronaut..");

    @ArchTest
    static final ArchRule ingestDoesNotAdministrate = noClasses()
            .that()
            .resideInAPackage(ROOT + "ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "admin..");

    @ArchTest
    static final ArchRule theSdkIsUsedThroughItsPublicApi =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.countersign.server.internal..");
}
