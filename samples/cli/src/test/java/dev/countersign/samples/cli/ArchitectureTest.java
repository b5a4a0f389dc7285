package dev.countersign.samples.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.countersign.samples.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.countersign.samples.cli.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyThePublicApiOfTheServerSdkIsUsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.countersign.server.internal..", "dev.countersign.client..");

    @ArchTest
    static final ArchRule noCryptographyOfItsOwn =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("javax.crypto..", "java.security..");

    @ArchTest
    static final ArchRule rotationAndProofsAreApart = noClasses()
            .that()
            .resideInAPackage("..cli.keys")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..cli.proof", "dev.countersign.server.hmac..", "dev.countersign.server.jwt..");

    @ArchTest
    static final ArchRule ringsAreWrittenUnderTheLockOnly = noClasses()
            .that()
            .resideOutsideOfPackage("..cli.ring")
            .should()
            .callMethod(
                    dev.countersign.server.key.KeyRingFile.class,
                    "write",
                    java.nio.file.Path.class,
                    dev.countersign.server.key.KeyRing.class);
}
