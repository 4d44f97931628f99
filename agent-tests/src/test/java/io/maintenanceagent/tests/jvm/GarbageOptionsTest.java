package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with the agent's options, the application starts. */
final class GarbageOptionsTest {

    static List<String> options() {
        return List.of(
                "=",
                ",",
                "===",
                ",,,,",
                "file",
                "file=",
                "enable",
                "enable=",
                "enable=true=false",
                "env=",
                "env=a=b",
                "store=nonsense://x",
                "store=:",
                "no such thing",
                "{\"enabled\": true}",
                "file=/proc/self/mem",
                "file=/dev/zero",
                "file=/",
                "file=a\nb",
                "key=" + "x".repeat(10_000),
                "\u00e4\u20ac=\u4e16");
    }

    @ParameterizedTest
    @MethodSource("options")
    void theApplicationStartsAllTheSame(String options) {
        JavaCommand command = new JavaCommand(Jdk.running(), "garbage")
                .agent(options)
                .classPath(List.of(Programs.classes()))
                .main("Hello");
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(Duration.ofSeconds(20)), process::toString);
            assertEquals(List.of("HELLO"), process.stdout().lines());
            assertTrue(
                    process.stderr().lines().stream().allMatch(line -> line.startsWith("maintenance-agent: ")),
                    process::toString);
        }
    }
}
