package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A fault of the file never changes the state, and is reported once. Does not depend on the server. */
@ParameterizedClass(name = "{0}")
@MethodSource("cells")
final class BadStateTest {

    /** Several polls of the file. */
    private static final Duration A_WHILE = Duration.ofMillis(400);

    private static Shop shop;

    @Parameter
    Cell cell;

    static Stream<Cell> cells() {
        return Cell.of(Server.TOMCAT_11);
    }

    @BeforeParameterizedClassInvocation
    static void open(Cell cell) {
        shop = Shop.open(cell);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        shop.close();
    }

    @BeforeEach
    void startOn() {
        // Off first: only a change shows that the agent has left behind what the test before wrote.
        shop.state().delete();
        shop.awaitServing();
        shop.state().write("on");
        shop.awaitRefusing();
    }

    @Test
    void badText_whileOn_keepsTheStateAndIsReportedOnce() {
        Map<String, byte[]> contents = new TreeMap<>(Map.of(
                "a word that is none", "maybe".getBytes(),
                "JSON cut in half", "{\"enabled\": tru".getBytes(),
                "JSON of another type", "{\"enabled\": \"perhaps\"}".getBytes(),
                "JSON without the one member", "{\"message\": \"hello\"}".getBytes(),
                "a list", "[true]".getBytes(),
                "two words", "on off".getBytes(),
                "not even text", new byte[] {(byte) 0xc3, 0x28, 0, 1, 2},
                "too large", filled(2 * 1024 * 1024, 'x'),
                "too large white space", filled(2 * 1024 * 1024, ' ')));
        contents.forEach((what, content) -> {
            startOn();
            assertKeptAndSaidOnce(what, true, () -> shop.state().replace(content));
        });
    }

    @Test
    void directory_inPlaceOfTheFile_keepsTheStateAndIsReportedOnce() {
        Path directory = Project.newDirectory("directory");
        assertKeptAndSaidOnce("directory", true, () -> shop.state().replaceByLink(directory));
    }

    @Test
    void fault_onlyADifferentOne_isReportedAgain() {
        assertKeptAndSaidOnce("first", true, () -> shop.state().replace("maybe"));
        assertKeptAndSaidOnce("second", true, () -> shop.state().replace("{\"enabled\": tru"));
        List<String> lines = shop.agentLines();
        shop.state().replace("{\"enabled\": tru");
        Await.holds(A_WHILE, () -> "said again", () -> shop.agentLines().equals(lines));
    }

    @Test
    void badText_whileOff_keepsTheState() {
        shop.state().write("off");
        shop.awaitServing();
        assertKeptAndSaidOnce("bad while off", false, () -> shop.state().replace("maybe"));
    }

    @Test
    void emptyFile_keepsTheStateAndIsReportedOnceIfItStays() {
        int before = shop.agentLines().size();
        assertKeptAndSaidOnce("empty", true, () -> shop.state().replace(new byte[0]));
        assertTrue(shop.agentLines().get(before).contains("is empty and says nothing; the last known state stays"));
        for (String blank : List.of("\n", "  \r\n ", "\0\0")) {
            shop.state().replace(blank.getBytes());
            Await.holds(A_WHILE, () -> "serves with a blank file", shop::refuses);
        }
        assertEquals(
                before + 1, shop.agentLines().size(), () -> shop.agentLines().toString());
        shop.state().write("off");
        shop.awaitServing();
    }

    @Test
    void badText_atTheStart_isOff() {
        StateFile state = new StateFile(Project.newDirectory("state").resolve("maintenance.mode"));
        state.write("maybe");
        try (Shop other = Shop.open(cell, state)) {
            other.server().process().awaitStderr("^maintenance-agent.*maintenance.mode", Shop.FLIP_LIMIT);
            assertTrue(!other.refuses());
            state.write("on");
            other.awaitRefusing();
            assertEquals(1, other.agentLines().size(), other.agentLines()::toString);
            String line = other.agentLines().get(0);
            assertTrue(
                    line.endsWith("the environment variable MAINTENANCE_MODE decides: it says nothing, so "
                            + "maintenance is off"),
                    line);
        }
    }

    /** The environment variable decides while the state is unknown. */
    @Test
    void badText_atTheStart_environmentVariableDecides() {
        StateFile state = new StateFile(Project.newDirectory("state").resolve("maintenance.mode"));
        state.makeDirectory();
        try (Shop other = Shop.open(
                cell, command -> command.agent("file=" + state.path()).environment("MAINTENANCE_MODE", "on"), state)) {
            other.server()
                    .process()
                    .awaitStderr(
                            "^maintenance-agent.*is a directory.*; the environment variable MAINTENANCE_MODE "
                                    + "decides: it says on$",
                            Shop.FLIP_LIMIT);
            assertTrue(other.refuses());
            state.delete();
            state.write("off");
            other.awaitServing();
            assertEquals(1, other.agentLines().size(), other.agentLines()::toString);
        }
    }

    @Test
    void unknownMember_isReportedOnceAndIgnored() {
        int before = shop.agentLines().size();
        shop.state().replace("{\"enabled\": true, \"colour\": \"red\"}");
        awaitLine(before);
        shop.state().replace("{\"enabled\": true, \"colour\": \"red\", \"message\": \"Hello\"}");
        Await.holds(
                A_WHILE,
                () -> shop.agentLines().toString(),
                () -> shop.agentLines().size() == before + 1);
        assertTrue(shop.agentLines().get(before).contains("colour"), shop.agentLines()::toString);
        assertTrue(shop.refuses());
    }

    private static void assertKeptAndSaidOnce(String what, boolean on, Runnable change) {
        int before = shop.agentLines().size();
        change.run();
        awaitLine(before);
        Await.holds(A_WHILE, () -> what + " changed the state", () -> shop.refuses() == on);
        List<String> lines = shop.agentLines();
        assertEquals(before + 1, lines.size(), () -> what + ": " + lines);
        assertTrue(lines.get(before).contains(shop.state().path().toString()), lines.get(before));
    }

    private static void awaitLine(int before) {
        Await.until(
                Shop.FLIP_LIMIT, () -> "nothing said", () -> shop.agentLines().size() > before);
    }

    private static byte[] filled(int length, char c) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) c);
        return bytes;
    }
}
