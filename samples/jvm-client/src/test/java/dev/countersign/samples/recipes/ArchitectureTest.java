package dev.countersign.samples.recipes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String RECIPES = "dev.countersign.samples.recipes";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(RECIPES);

    @Test
    void theSdks_areUsedThroughTheirPublicApi() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.countersign..internal..", "javax.crypto..", "okhttp3..")
                .check(classes);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching(RECIPES + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void aBackEndsRecipe_knowsNothingOfTheApp() {
        noClasses()
                .that()
                .resideInAPackage(RECIPES + ".backend")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.countersign.client..", RECIPES + ".app", RECIPES + ".local")
                .check(classes);
    }

    @Test
    void everyRecipe_isOnThePage() throws IOException {
        String page = Files.readString(Path.of("README.md"));
        for (String folder : List.of("backend", "app")) {
            Path sources = Path.of("src/main/java/dev/countersign/samples/recipes", folder);
            try (Stream<Path> files = Files.list(sources)) {
                for (Path file : files.toList()) {
                    if (Files.readString(file).contains("void main(")) {
                        assertTrue(page.contains("(" + file + ")"), file + " is not linked");
                    }
                }
            }
        }
    }
}
