package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sources of settings and their precedence. Does not depend on the server. */
final class SettingsTest {

    private static final Cell CELL = new Cell(Server.UNDERTOW_2, Jdk.running());

    private interface Setup extends BiConsumer<JavaCommand, Path> {}

    static Stream<Arguments> enable() {
        return Stream.of(
                enable(
                        "the argument against the file",
                        true,
                        "off",
                        (java, file) -> java.agent("enable=true,file=" + file)),
                enable(
                        "the argument against the file",
                        false,
                        "on",
                        (java, file) -> java.agent("enable=false,file=" + file)),
                enable(
                        "the property",
                        true,
                        "off",
                        (java, file) -> java.agent("file=" + file).property("maintenance.enable", "true")),
                enable(
                        "the environment",
                        true,
                        "off",
                        (java, file) -> java.agent("file=" + file).environment("MAINTENANCE_ENABLE", "true")),
                enable(
                        "the argument before the property",
                        false,
                        "on",
                        (java, file) -> java.agent("enable=false,file=" + file).property("maintenance.enable", "true")),
                enable(
                        "the property before the environment",
                        false,
                        "on",
                        (java, file) -> java.agent("file=" + file)
                                .property("maintenance.enable", "false")
                                .environment("MAINTENANCE_ENABLE", "true")),
                enable("nothing said", true, "on", (java, file) -> java.agent("file=" + file)));
    }

    private static Arguments enable(String name, boolean refuses, String stored, Setup setup) {
        return Arguments.of(name, refuses, stored, setup);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("enable")
    void enable_precedesTheFile(String name, boolean refuses, String stored, Setup setup) {
        try (Shop shop = Shop.open(CELL, (java, file) -> {
            new StateFile(file).write(stored);
            setup.accept(java, file);
        })) {
            assertEquals(refuses, shop.refuses());
            shop.assertSilent();
        }
    }

    static Stream<Arguments> file() {
        return Stream.of(
                Arguments.of("property", (Setup)
                        (java, file) -> java.agent("").property("maintenance.file", file.toString())),
                Arguments.of("environment", (Setup)
                        (java, file) -> java.agent("").environment("MAINTENANCE_FILE", file.toString())),
                Arguments.of("property before environment", (Setup) (java, file) -> java.agent("")
                        .property("maintenance.file", file.toString())
                        .environment("MAINTENANCE_FILE", file + ".other")),
                Arguments.of("argument before property", (Setup)
                        (java, file) -> java.agent("file=" + file).property("maintenance.file", file + ".other")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("file")
    void file_setting_namesTheStateFile(String name, Setup setup) {
        try (Shop shop = Shop.open(CELL, setup)) {
            assertFalse(shop.refuses());
            shop.state().write("on");
            shop.awaitRefusing();
            shop.assertSilent();
        }
    }

    @Test
    void file_byDefault_isInTheWorkingDirectory() {
        try (Shop shop = Shop.open(CELL, (java, file) -> java.agent(""))) {
            assertFalse(shop.refuses());
            new StateFile(shop.server().directory().resolve("maintenance.mode")).write("on");
            shop.awaitRefusing();
            shop.assertSilent();
        }
    }

    @Test
    void environmentVariable_decidesWithoutAFile() {
        try (Shop shop =
                Shop.open(CELL, (java, file) -> java.agent("file=" + file).environment("MAINTENANCE_MODE", "on"))) {
            assertTrue(shop.refuses());
            shop.state().write("off");
            shop.awaitServing();
            shop.state().delete();
            shop.awaitRefusing();
            shop.assertSilent();
        }
    }

    @Test
    void env_setting_namesTheEnvironmentVariable() {
        try (Shop shop = Shop.open(
                CELL,
                (java, file) -> java.agent("env=SHOP_CLOSED,file=" + file)
                        .environment("MAINTENANCE_MODE", "off")
                        .environment("SHOP_CLOSED", " Yes "))) {
            assertTrue(shop.refuses());
            shop.assertSilent();
        }
    }

    @Test
    void words_anyCase_areRead() {
        try (Shop shop = Shop.open(CELL)) {
            List<String> on = List.of("1", "on", "t", "true", "y", "yes", "ON", "On", "TRUE", "Yes", " on", "\ton\r");
            List<String> off =
                    List.of("0", "off", "f", "false", "n", "no", "OFF", "Off", "FALSE", "No", "off ", "\n\noff");
            for (int i = 0; i < on.size(); i++) {
                shop.state().write(on.get(i));
                shop.awaitRefusing();
                shop.state().write(off.get(i));
                shop.awaitServing();
            }
            shop.assertSilent();
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("colour=red", List.of("colour", "red", "enable", "file")),
                Arguments.of("enable=perhaps", List.of("enable", "perhaps", "true", "false")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void badOption_isReportedInOneLineAndIgnored(String option, List<String> named) {
        try (Shop shop = Shop.open(CELL, (java, file) -> java.agent(option + ",file=" + file))) {
            shop.server().process().awaitStderr("^maintenance-agent", Shop.FLIP_LIMIT);
            assertFalse(shop.refuses());
            shop.state().write("on");
            shop.awaitRefusing();
            List<String> lines = shop.agentLines();
            assertEquals(1, lines.size(), lines::toString);
            for (String part : named) {
                assertTrue(lines.get(0).contains(part), lines::toString);
            }
        }
    }

    @Test
    void badProperty_isReported() {
        try (Shop shop =
                Shop.open(CELL, (java, file) -> java.agent("file=" + file).property("maintenance.enable", "perhaps"))) {
            shop.server().process().awaitStderr("^maintenance-agent.*enable.*perhaps.*true.*false", Shop.FLIP_LIMIT);
            assertFalse(shop.refuses());
        }
    }

    /** A POSIX locale, in which the JVM knows no umlauts: what names no file is understood all the same. */
    @Test
    void posixLocale_textIsRecoveredAndAPathIsRefused() {
        String name = "gr$(printf '\\303\\266\\303\\237')e"; // bytes, whatever the locale of this JVM
        String script = "J=$1; shift; export LC_ALL=C MAINTENANCE_FILE=/srv/" + name + "/m.mode"
                + " MAINTENANCE_MODE='{\"enabled\": true, \"message\": \"'" + name + "'\"}'; exec \"$J\" \"$@\"";
        try (Shop shop = Shop.open(
                CELL, (java, file) -> java.under("sh", "-c", script, "sh").agent(""))) {
            shop.server()
                    .process()
                    .awaitStderr(
                            "^maintenance-agent: setting \"file\" has the bad value .*; allowed: a path that this "
                                    + "JVM can"
                                    + " name; its file names are in .*, start it in a UTF-8 locale",
                            Shop.FLIP_LIMIT);
            assertTrue(shop.refuses());
            assertTrue(shop.send(Request.get("/shop/entries")).text().contains("gr\u00f6\u00dfe"));
            assertEquals(1, shop.agentLines().size(), shop.agentLines()::toString);
        }
    }

    @Test
    void guardWithoutHttp_weavesNothing() {
        try (Shop shop = Shop.open(CELL, (java, file) -> {
            new StateFile(file).write("on");
            java.agent("guard=schedules,file=" + file);
        })) {
            assertFalse(Await.within(Duration.ofSeconds(1), shop::refuses));
        }
    }
}
