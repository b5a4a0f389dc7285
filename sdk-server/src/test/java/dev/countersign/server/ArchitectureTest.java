package dev.countersign.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.countersign.server.internal.Words;
import java.util.Arrays;

@AnalyzeClasses(packages = "dev.countersign.server", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.countersign.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule DEPENDENCIES_POINT_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("diagnosis")
            .definedBy("..diagnosis..")
            .layer("enforcement")
            .definedBy("..enforcement..")
            .layer("hmac")
            .definedBy("..hmac..")
            .layer("jwt")
            .definedBy("..jwt..")
            .layer("key")
            .definedBy("..key..")
            .layer("identity")
            .definedBy("..identity..")
            .layer("internal")
            .definedBy("..internal..")
            .whereLayer("diagnosis")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("enforcement")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("hmac")
            .mayOnlyBeAccessedByLayers("diagnosis")
            .whereLayer("jwt")
            .mayOnlyBeAccessedByLayers("diagnosis")
            .whereLayer("key")
            .mayOnlyBeAccessedByLayers("diagnosis", "hmac", "jwt")
            .whereLayer("internal")
            .mayNotAccessAnyLayer()
            .whereLayer("identity")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule NOTHING_BUT_THE_JDK_IS_NEEDED = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "dev.countersign.server..", "java..", "javax.crypto..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule ONLY_THE_KEY_PACKAGE_COMPUTES_MACS = noClasses()
            .that()
            .resideOutsideOfPackage("..key..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javax.crypto..");

    @ArchTest
    @ArchTag("R26")
    static final ArchRule MACS_ARE_COMPARED_IN_CONSTANT_TIME = classes()
            .that()
            .haveSimpleName("HmacVerifier")
            .or()
            .haveSimpleName("Jws")
            .should()
            .callMethod(Words.class, "areSameMac", byte[].class, byte[].class);

    @ArchTest
    @ArchTag("R26")
    static final ArchRule NO_BYTES_ARE_COMPARED_UNTIL_TWO_DIFFER =
            noClasses().should().callMethod(Arrays.class, "equals", byte[].class, byte[].class);

    @ArchTest
    static final ArchRule NO_THREAD_LOCALS =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);
}
