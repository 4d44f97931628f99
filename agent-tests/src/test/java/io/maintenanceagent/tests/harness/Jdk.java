package io.maintenanceagent.tests.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * An installed JDK.
 *
 * @param home its real path
 * @param feature its feature version: 17, 25
 */
public record Jdk(Path home, int feature) {

    /** The JDK that runs the tests. */
    public static Jdk running() {
        return at(Path.of(System.getProperty("java.home"))).orElseThrow();
    }

    /**
     * The other JDKs, one for each feature version, highest first: the homes in the system property {@code test.jdks}
     * (separated like a path; empty for none), else the siblings of the running one and those that {@code jdks.sh} has
     * brought.
     */
    public static List<Jdk> others() {
        Jdk running = running();
        Map<Integer, Jdk> byFeature = new LinkedHashMap<>();
        for (Path home : candidates(running)) {
            at(home).filter(jdk -> jdk.feature != running.feature)
                    .ifPresent(jdk -> byFeature.putIfAbsent(jdk.feature, jdk));
        }
        return byFeature.values().stream()
                .sorted(Comparator.comparingInt(Jdk::feature).reversed())
                .toList();
    }

    /** All of them, the running one first. */
    public static List<Jdk> all() {
        List<Jdk> jdks = new ArrayList<>(List.of(running()));
        jdks.addAll(others());
        return jdks;
    }

    /** All of them, or those whose feature versions the system property {@code jdks} names, separated by commas. */
    public static List<Jdk> wanted() {
        String features = System.getProperty("jdks", "");
        return features.isEmpty()
                ? all()
                : all().stream()
                        .filter(jdk -> List.of(features.split(",")).contains(Integer.toString(jdk.feature)))
                        .toList();
    }

    /**
     * Those that most tests run on: the running one, and the newest of the others if there is one; all that are
     * {@link #wanted} with the system property {@code test.jdks.all}.
     */
    public static List<Jdk> runningAndNewest() {
        List<Jdk> all = all();
        return areAllTested() ? wanted() : all.subList(0, Math.min(2, all.size()));
    }

    /** Whether tests run on every JDK that is wanted, and not on two. */
    static boolean areAllTested() {
        return Boolean.getBoolean("test.jdks.all");
    }

    /** The {@code java} command. */
    public Path java() {
        return home.resolve("bin/java");
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }

    private static List<Path> candidates(Jdk running) {
        String configured = System.getProperty("test.jdks");
        if (configured != null) {
            return Stream.of(configured.split(File.pathSeparator))
                    .filter(home -> !home.isBlank())
                    .map(Path::of)
                    .toList();
        }
        List<Path> homes = new ArrayList<>(children(running.home.getParent()));
        String cache = System.getenv("XDG_CACHE_HOME");
        homes.addAll(children(
                (cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
                        .resolve("maintenance-agent/jdks")));
        return homes;
    }

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Jdk> at(Path home) {
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isRegularFile(home.resolve("release"))) {
            return Optional.empty();
        }
        Properties release = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
            String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            int feature = version.startsWith("1.8.")
                    ? 8
                    : Runtime.Version.parse(version).feature();
            return Optional.of(new Jdk(home.toRealPath(), feature));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
