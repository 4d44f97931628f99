package io.maintenanceagent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.maintenanceagent.documents.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may use which. */
class ArchitectureTest {

    private static final String ROOT = "io.maintenanceagent";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** What stands for each package of a server that has no line of its own. */
    private static final String ANY_SERVER = "server.*";

    /** The layers, the entry classes first. A package uses only packages of later lines. */
    private static final List<String> LAYERS = List.of(
            "",
            "boot cli",
            "cli.command",
            "cli.state",
            "cli.terminal",
            "jmx attach",
            "instance",
            "work.message socket",
            "work.schedule work.jdbc",
            "work",
            "intercept",
            ANY_SERVER,
            "server.netty server.servlet.reader",
            "server.servlet",
            "server",
            "inflight audit weave config extension",
            "store",
            "store.file store.redis store.etcd store.consul store.url",
            "store.http",
            "store.remote",
            "policy",
            "response",
            "state",
            "match json report hook entrypoint jvm hold",
            "api");

    @Test
    void everyPackage_usesLowerOnesOnly() {
        List<String> violations = new ArrayList<>();
        for (JavaClass type : classes) {
            int layer = layer(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                boolean isOwn = target.getPackageName().startsWith(ROOT);
                boolean isWithin = target.getPackageName().equals(type.getPackageName());
                if (isOwn && !isWithin && layer(target) <= layer) {
                    violations.add(dependency.getDescription());
                }
            }
        }
        assertEquals(List.of(), violations);
    }

    private static int layer(JavaClass type) {
        String name =
                type.getPackageName().equals(ROOT) ? "" : type.getPackageName().substring(ROOT.length() + 1);
        return LAYERS.stream()
                .filter(layer -> List.of(layer.split(" ")).contains(name))
                .findFirst()
                .map(LAYERS::indexOf)
                .orElseGet(() -> {
                    assertTrue(name.startsWith("server."), () -> "package " + name + " has no layer");
                    return LAYERS.indexOf(ANY_SERVER);
                });
    }

    @Test
    void everyPackage_saysWhatItHolds() throws IOException {
        Path sources = Document.ROOT.resolve("agent/src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> silent = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(directory -> !Files.exists(directory.resolve("package-info.java")))
                    .toList();
            assertEquals(List.of(), silent, "packages without a package-info.java");
        }
    }

    @Test
    void purePackages_touchNoFileNoNetworkAndNoServlet() {
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
                .haveNameMatching("java\\.io\\.(File|.*Stream|.*Reader).*|java\\.net\\.(?!URI$|IDN$).*")
                .check(classes);
    }

    @Test
    void theHook_usesTheJdkOnly() {
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
    void noPackageButJmx_usesLoggingOrManagement() {
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
