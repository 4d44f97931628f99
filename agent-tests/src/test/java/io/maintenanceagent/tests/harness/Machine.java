package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** What the measurements were taken on. */
public final class Machine {

    private Machine() {}

    /** Processors, memory and kernel, in one line. */
    public static String description() throws IOException {
        long kibibytes =
                Long.parseLong(value(Path.of("/proc/meminfo"), "MemTotal").split(" ")[0]);
        return "%d × %s, %d GiB memory, %s %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        value(Path.of("/proc/cpuinfo"), "model name"),
                        Math.round(kibibytes / 1024.0 / 1024),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"));
    }

    /** The full version of a JDK. */
    public static String version(Jdk jdk) throws IOException {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(jdk.home().resolve("release"))) {
            release.load(in);
        }
        return (release.getProperty("IMPLEMENTOR", "") + " " + release.getProperty("JAVA_RUNTIME_VERSION", ""))
                .replace("\"", "")
                .trim();
    }

    /** The load of the last minute before now: what else kept the processors busy. */
    public static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    /** The value behind the first line {@code key: value}. */
    public static String value(Path file, String key) throws IOException {
        List<String> lines = Files.readAllLines(file);
        try (Stream<String> found = lines.stream().filter(line -> line.startsWith(key))) {
            return found.map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + key + " in " + file));
        }
    }
}
