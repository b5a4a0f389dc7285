package dev.countersign.samples.rotation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.countersign.samples.rotation", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.countersign.samples.rotation.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theDriverAloneKnowsThePlayersProcesses = noClasses()
            .that()
            .resideOutsideOfPackages("..rotation", "..rotation.client", "..rotation.forger")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..rotation.client", "..rotation.forger");

    @ArchTest
    static final ArchRule clientsAndForgerHoldNoKeys = noClasses()
            .that()
            .resideInAnyPackage("..rotation.client", "..rotation.forger")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.countersign.server..", "..rotation.operator");

    @ArchTest
    static final ArchRule onlyThePublicApiOfTheSdksIsUsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.countersign.client.internal..", "dev.countersign.server.internal..");

    @ArchTest
    static final ArchRule theLedgerTakesNobodysWord = noClasses()
            .that()
            .resideInAPackage("..rotation.ledger")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.countersign.client..", "dev.countersign.server..", "..rotation.account");
}
