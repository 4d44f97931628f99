package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The application in {@code src/app}: an ordinary web application that has never heard of the agent, built once for
 * each namespace and test run. Thread-safe.
 */
public final class TestApplication {

    static final WebApplication APPLICATION = new WebApplication("app");

    private TestApplication() {}

    /** The exploded WAR. Not to be changed. */
    public static Path exploded(Namespace namespace) {
        return APPLICATION.exploded(namespace);
    }

    /** A packed WAR, written to the given file. */
    public static Path packed(Namespace namespace, Path file) {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            Path root = exploded(namespace);
            for (Path path : WebApplication.files(root)) {
                zip.putNextEntry(new ZipEntry(root.relativize(path).toString().replace('\\', '/')));
                Files.copy(path, zip);
                zip.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
