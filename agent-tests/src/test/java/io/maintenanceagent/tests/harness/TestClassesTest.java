package io.maintenanceagent.tests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each class with tests is run by some command: the default one, or a profile's. */
final class TestClassesTest {

    private static final Pattern INCLUDES = Pattern.compile("<test\\.includes>([^<]*)</test\\.includes>");
    private static final Pattern NAMED = Pattern.compile("<test>(\\w+)[^<]*</test>");
    private static final Pattern TESTS = Pattern.compile(
            "(?m)^\\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|FuzzTest|ArchTest|Property)\\b");

    /** What surefire takes when it is told nothing. */
    private static final String BY_DEFAULT = "**/Test*.java,**/*Test.java,**/*Tests.java,**/*TestCase.java";

    @Test
    void testsHere_areIncludedSomewhere() throws IOException {
        String pom = Files.readString(Project.sources("../pom.xml"));
        List<PathMatcher> included = new ArrayList<>();
        for (Matcher found = INCLUDES.matcher(pom); found.find(); ) {
            included.addAll(globs(found.group(1)));
        }
        for (Matcher found = NAMED.matcher(pom); found.find(); ) {
            included.addAll(globs("**/" + found.group(1) + ".java"));
        }
        assertEquals(List.of(), excluded(Project.sources("."), included));
    }

    @Test
    void testsOfTheAgent_haveNamesThatAreIncluded() {
        assertEquals(List.of(), excluded(Project.sources("../../agent/src/test"), globs(BY_DEFAULT)));
    }

    private static List<PathMatcher> globs(String includes) {
        return Stream.of(includes.split(","))
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob.trim()))
                .toList();
    }

    private static List<Path> excluded(Path sources, List<PathMatcher> included) {
        try (Stream<Path> files = Files.walk(sources.normalize())) {
            List<Path> tests = files.filter(TestClassesTest::hasTests).toList();
            assertTrue(tests.size() > 10, () -> "no tests in " + sources);
            return tests.stream()
                    .filter(file -> included.stream().noneMatch(glob -> glob.matches(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasTests(Path file) {
        try {
            return file.toString().endsWith(".java")
                    && TESTS.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
