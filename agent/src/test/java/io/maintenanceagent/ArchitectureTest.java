package io.maintenanceagent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls of the house: which room may use which. */
class ArchitectureTest {

    private static final String ROOT = "io.maintenanceagent";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void aRequestAndAFlipPassInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("entry")
                .definedBy(ROOT)
                .layer("boot")
                .definedBy(ROOT + ".boot")
                .layer("cli")
                .definedBy(ROOT + ".cli")
                .layer("attach")
                .definedBy(ROOT + ".attach")
                .layer("config")
                .definedBy(ROOT + ".config")
                .layer("hook")
                .definedBy(ROOT + ".hook")
                .layer("weave")
                .definedBy(ROOT + ".weave")
                .layer("intercept")
                .definedBy(ROOT + ".intercept")
                .layer("servlet")
                .definedBy(ROOT + ".server.servlet")
                .layer("server")
                .definedBy(ROOT + ".server")
                .layer("store")
                .definedBy(ROOT + ".store..")
                .layer("response")
                .definedBy(ROOT + ".response")
                .layer("state")
                .definedBy(ROOT + ".state")
                .layer("match")
                .definedBy(ROOT + ".match")
                .layer("policy")
                .definedBy(ROOT + ".policy")
                .layer("json")
                .definedBy(ROOT + ".json")
                .layer("extension")
                .definedBy(ROOT + ".extension")
                .layer("inflight")
                .definedBy(ROOT + ".inflight")
                .layer("jmx")
                .definedBy(ROOT + ".jmx")
                .layer("audit")
                .definedBy(ROOT + ".audit")
                .layer("instance")
                .definedBy(ROOT + ".instance")
                .layer("report")
                .definedBy(ROOT + ".report")
                .layer("jvm")
                .definedBy(ROOT + ".jvm")
                .layer("api")
                .definedBy(ROOT + ".api")
                .whereLayer("entry")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("boot")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("cli")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("attach")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("boot", "cli")
                .whereLayer("hook")
                .mayOnlyBeAccessedByLayers("boot")
                .whereLayer("weave")
                .mayOnlyBeAccessedByLayers("boot")
                .whereLayer("intercept")
                .mayOnlyBeAccessedByLayers("boot", "instance")
                .whereLayer("inflight")
                .mayOnlyBeAccessedByLayers("boot", "intercept", "instance", "jmx")
                .whereLayer("jmx")
                .mayOnlyBeAccessedByLayers("boot")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("boot", "config", "cli")
                .whereLayer("extension")
                .mayOnlyBeAccessedByLayers("boot", "cli")
                .whereLayer("audit")
                .mayOnlyBeAccessedByLayers("boot")
                .whereLayer("instance")
                .mayOnlyBeAccessedByLayers("entry", "boot", "jmx", "cli", "attach")
                .whereLayer("jvm")
                .mayOnlyBeAccessedByLayers("boot", "weave", "extension")
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("intercept")
                .whereLayer("servlet")
                .mayOnlyBeAccessedByLayers("intercept", "server")
                .whereLayer("response")
                .mayOnlyBeAccessedByLayers("boot", "config", "intercept", "policy", "servlet", "server", "cli")
                .whereLayer("state")
                .mayOnlyBeAccessedByLayers(
                        "boot", "intercept", "store", "response", "audit", "instance", "jmx", "policy", "config", "cli")
                .whereLayer("policy")
                .mayOnlyBeAccessedByLayers("boot", "config", "intercept", "jmx", "cli")
                .whereLayer("match")
                .mayOnlyBeAccessedByLayers("state", "policy", "cli")
                .whereLayer("json")
                .mayOnlyBeAccessedByLayers("boot", "config", "policy", "response", "cli", "attach")
                .check(classes);
    }

    @Test
    void pureRoomsTouchNoFileNoNetworkAndNoServlet() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".state",
                        ROOT + ".match",
                        ROOT + ".policy",
                        ROOT + ".json",
                        ROOT + ".response",
                        ROOT + ".api")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".response.BundledResource")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.lang.instrument..", "java.lang.invoke..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File|.*Stream|.*Reader).*|java\\.net\\.(?!URI$).*")
                .check(classes);
    }

    @Test
    void theHookKnowsTheJdkOnly() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".hook")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        ROOT + ".hook", "java.lang", "java.util.function", "java.util.concurrent.atomic")
                .check(classes);
    }

    /** See the ban at the top of {@link MaintenanceAgent}. */
    @Test
    void nothingUsesLoggingOrManagement() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".jmx")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.management..", "javax.management..")
                .check(classes);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..")
                .check(classes);
    }
}
