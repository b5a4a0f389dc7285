package dev.countersign.samples.backends.micronaut;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.countersign.samples.backends.micronaut");

    @Test
    void signing_isLeftToTheServerSdksPublicApi() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.crypto..", "dev.countersign.server.internal..", "dev.countersign.client..")
                .check(classes);
    }
}
