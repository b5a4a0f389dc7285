package dev.countersign.samples.backends.micronaut;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String APPLICATION = "dev.countersign.samples.backends.micronaut";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(APPLICATION);

    @Test
    void signing_isLeftToTheServerSdksPublicApi() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.crypto..", "dev.countersign.server.internal..", "dev.countersign.client..")
                .check(classes);
    }

    /** So that the package can be moved to a library as it is. */
    @Test
    void theSigningPackage_knowsNothingOfTheApplicationItsWebLayerOrItsLogIn() {
        noClasses()
                .that()
                .resideInAPackage(APPLICATION + ".signing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(APPLICATION, "io.micronaut.http..", "io.micronaut.session..")
                .check(classes);
    }
}
