package io.maintenanceagent.tests.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What servers need to be set up with. */
final class Setup {

    private static final String BASIC = """
            <web-app xmlns="http://xmlns.jcp.org/xml/ns/javaee" version="3.1">
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>all</web-resource-name>
                  <url-pattern>/*</url-pattern>
                </web-resource-collection>
                <auth-constraint><role-name>customer</role-name></auth-constraint>
              </security-constraint>
              <login-config><auth-method>BASIC</auth-method><realm-name>shop</realm-name></login-config>
              <security-role><role-name>customer</role-name></security-role>
            </web-app>
            """;

    private Setup() {}

    /** Writes a file, and the directories above it. */
    static Path write(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, String.join("\n", lines) + "\n");
    }

    /** Writes an application that asks for BASIC credentials and has nothing else. */
    static void basicApplication(Path directory) throws IOException {
        write(directory.resolve("WEB-INF/web.xml"), BASIC);
    }

    /** Replaces in a file; what is to be replaced has to be there. */
    static void replace(Path file, String what, String by) throws IOException {
        String text = Files.readString(file);
        if (!text.contains(what)) {
            throw new IllegalStateException("No " + what + " in " + file);
        }
        Files.writeString(file, text.replace(what, by));
    }

    /** Copies a directory with all that is in it. */
    static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(from)) {
            all = files.toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : all) {
            Path copy = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(copy);
            } else {
                Files.copy(file, copy);
            }
        }
    }
}
