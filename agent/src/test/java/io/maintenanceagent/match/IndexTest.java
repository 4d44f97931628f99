package io.maintenanceagent.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The indexes find what a linear search finds, for many patterns and texts of few different parts. */
class IndexTest {

    private static final Predicate<String> ANY = value -> true;

    private final Random random = new Random(3);

    private String pick(String... parts) {
        return parts[random.nextInt(parts.length)];
    }

    private String path(String... segments) {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            path.append('/').append(pick(segments));
        }
        return path.toString();
    }

    private String text(String... parts) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pick(parts));
        }
        return text.toString();
    }

    /** Collects everything that is found, by returning {@code false} each time. */
    private static List<String> all(java.util.function.Consumer<Predicate<String>> search) {
        List<String> found = new ArrayList<>();
        search.accept(value -> {
            found.add(value);
            return false;
        });
        Collections.sort(found);
        return found;
    }

    @Test
    void find_randomPaths_agreesWithLinearSearch() {
        for (int round = 0; round < 2000; round++) {
            List<PathPattern> patterns = new ArrayList<>();
            PathIndex<String> index = new PathIndex<>(false);
            for (int i = random.nextInt(20); i >= 0; i--) {
                String source =
                        random.nextInt(10) == 0 ? "regex:/a.*" : path("a", "b", "", "*", "**", "a*", "*b", "a*b*c");
                if (patterns.stream().noneMatch(p -> p.toString().equals(source))) {
                    patterns.add(PathPattern.parse(source));
                    index.add(patterns.get(patterns.size() - 1), source);
                }
            }
            for (int i = 0; i < 50; i++) {
                String path = path("a", "b", "", "ab", "axbyc", "c");
                List<String> expected = patterns.stream()
                        .filter(p -> p.matches(path, false))
                        .map(PathPattern::toString)
                        .sorted()
                        .collect(Collectors.toList());
                assertEquals(
                        expected,
                        all(wanted -> index.find(path, wanted, MatchListener.NONE)),
                        () -> patterns + " and " + path);
            }
        }
    }

    @Test
    void find_randomGlobs_agreesWithLinearSearch() {
        for (int round = 0; round < 2000; round++) {
            List<String> patterns = new ArrayList<>();
            GlobIndex<String> index = new GlobIndex<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                String pattern = text("a", "b", "*", "ab");
                patterns.add(pattern);
                index.add(pattern, pattern);
            }
            for (int i = 0; i < 50; i++) {
                String text = text("a", "b", "ab");
                List<String> expected = patterns.stream()
                        .filter(p -> new Glob(p).matches(text))
                        .sorted()
                        .collect(Collectors.toList());
                assertEquals(expected, all(wanted -> index.find(text, wanted)), () -> patterns + " and " + text);
            }
        }
    }

    @Test
    void find_randomHosts_agreesWithLinearSearch() {
        for (int round = 0; round < 2000; round++) {
            List<HostPattern> patterns = new ArrayList<>();
            HostIndex<String> index = new HostIndex<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                HostPattern pattern = HostPattern.parse(pick("*.", "") + "a" + text(".a", ".B", ".c"));
                patterns.add(pattern);
                index.add(pattern, pattern.toString());
            }
            for (int i = 0; i < 50; i++) {
                String host = "a" + text(".a", ".b", ".C") + pick("", ".");
                List<String> expected = patterns.stream()
                        .filter(p -> p.matches(host))
                        .map(HostPattern::toString)
                        .sorted()
                        .collect(Collectors.toList());
                assertEquals(expected, all(wanted -> index.find(host, wanted)), () -> patterns + " and " + host);
            }
        }
    }

    @Test
    void find_emptyIndex_null() {
        assertNull(new PathIndex<String>(false).find("/", ANY, MatchListener.NONE));
        assertNull(new GlobIndex<String>().find("", ANY));
        assertNull(new HostIndex<String>().find("", ANY));
    }

    /** A client chooses the path; it must not be able to choose how long it takes. */
    @Test
    void find_longPath_isFast() {
        PathIndex<String> index = new PathIndex<>(false);
        index.add(PathPattern.parse("/**/a/**/a/**/a/**/a/**/a/**/a/**/a*a*a*a/**/b"), "deep");
        String path = "/aaaa".repeat(200) + "/a".repeat(2000);
        assertTimeout(Duration.ofSeconds(20), () -> assertNull(index.find(path, ANY, MatchListener.NONE)));
        assertEquals("deep", index.find(path + "/aaaa/b", ANY, MatchListener.NONE));
    }
}
