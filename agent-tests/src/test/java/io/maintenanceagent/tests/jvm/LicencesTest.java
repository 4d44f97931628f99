package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Each jar that is published says under which licence, and the agent's those of what it bundles. */
final class LicencesTest {

    private static final String BUNDLED = "META-INF/licenses/";
    private static final Pattern TEXT = Pattern.compile("`([\\w-]+-jar/[\\w-]+)`");

    @Test
    void jars_all_haveLicenceAndNotice() throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(Project.agentJar().getParent())) {
            jars = files.filter(file -> file.getFileName().toString().matches("maintenance-agent.*\\.jar"))
                    .toList();
        }
        assertTrue(jars.size() >= 2, jars::toString);
        for (Path jar : jars) {
            for (String name : List.of("LICENSE", "NOTICE")) {
                Path original = Project.sources("../..").resolve(name);
                assertArrayEquals(Files.readAllBytes(original), bytes(jar, "META-INF/" + name), jar + " " + name);
            }
        }
    }

    @Test
    void bundled_list_namesEachTextThatIsThere() throws IOException {
        String list = new String(bytes(Project.agentJar(), BUNDLED + "BUNDLED.md"), StandardCharsets.UTF_8);
        Set<String> named = new TreeSet<>();
        for (Matcher text = TEXT.matcher(list); text.find(); ) {
            named.add(text.group(1));
        }
        try (JarFile jar = new JarFile(Project.agentJar().toFile())) {
            Set<String> there = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.matches(BUNDLED + "[^/]+/.+"))
                    .map(name -> name.substring(BUNDLED.length()))
                    .filter(name -> !name.equals("byte-buddy-jar/LICENSE") && !name.equals("byte-buddy-jar/NOTICE"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(there, named);
        }
    }

    private static byte[] bytes(Path jar, String entry) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            assertNotNull(file.getEntry(entry), jar + " has no " + entry);
            return file.getInputStream(file.getEntry(entry)).readAllBytes();
        }
    }
}
