package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.Namespace;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.Sources;
import io.maintenanceagent.tests.harness.TestApplication;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Felix's HTTP service, for any OSGi framework, and the application as a bundle that registers itself there. */
final class OsgiHttp {

    private OsgiHttp() {}

    /** The HTTP service and what it needs. */
    static List<Path> bundles() {
        return Distribution.of("felix-http-5").jars();
    }

    /** Framework properties for the HTTP service, as lines. */
    static List<String> properties(Deployment deployment) {
        return List.of(
                "org.osgi.service.http.port=" + deployment.port(),
                "org.apache.felix.http.host=" + Deployment.HOST,
                "org.apache.felix.http.context_path=/shop");
    }

    /** A fragment is installed, and cannot be started. */
    static boolean isFragment(Path bundle) {
        try (JarFile jar = new JarFile(bundle.toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the application's bundle. */
    static Path application(Namespace namespace, Path framework, Path bundle) throws IOException {
        Path war = TestApplication.exploded(namespace);
        Path applicationClasses = war.resolve("WEB-INF/classes");
        List<Path> classPath = new ArrayList<>(Server.TOMCAT_11.jars());
        classPath.add(framework);
        classPath.add(applicationClasses);
        Path activator = Project.newDirectory("bundle");
        Sources sources = new Sources(Project.sources("servers/osgi"));
        sources.compile(8, sources.names(), text -> text, classPath, activator);
        try (OutputStream out = Files.newOutputStream(bundle);
                JarOutputStream jar = new JarOutputStream(out, manifest())) {
            add(jar, applicationClasses, applicationClasses);
            add(jar, activator, activator);
            add(jar, war, war.resolve("static.txt"));
        }
        return bundle;
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Map.of(
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", "shop",
                        "Bundle-Version", "1.0.0",
                        "Bundle-Activator", "shop.osgi.ShopActivator",
                        "Import-Package", "org.osgi.framework,jakarta.servlet,jakarta.servlet.http")
                .forEach(manifest.getMainAttributes()::putValue);
        return manifest;
    }

    private static void add(JarOutputStream jar, Path root, Path from) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            jar.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
            Files.copy(file, jar);
            jar.closeEntry();
        }
    }
}
