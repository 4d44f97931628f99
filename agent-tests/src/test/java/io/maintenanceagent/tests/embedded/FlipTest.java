package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.ConfigMapVolume;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way of changing the file is enforced. Does not depend on the server. */
final class FlipTest {

    private static final int ROUNDS = 5;

    static Stream<Cell> cells() {
        return Cell.of(Server.UNDERTOW_2);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void flip_writtenInPlace_isEnforced(Cell cell) {
        try (Shop shop = Shop.open(cell)) {
            flip(shop, shop.state()::write);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void flip_renamedOver_isEnforced(Cell cell) {
        try (Shop shop = Shop.open(cell)) {
            flip(shop, shop.state()::replace);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void flip_deletedAndCreatedAgain_isEnforced(Cell cell) {
        try (Shop shop = Shop.open(cell)) {
            flip(shop, shop.state()::recreate);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void flip_swappedLink_isEnforced(Cell cell) {
        ConfigMapVolume volume = new ConfigMapVolume(Project.newDirectory("volume"), "maintenance.mode", "off");
        try (Shop shop = Shop.open(cell, new StateFile(volume.file()))) {
            flip(shop, volume::update);
        }
    }

    /** As with a volume that is mounted late, and unmounted again. */
    @ParameterizedTest
    @MethodSource("cells")
    void flip_directoryCreatedAndDeleted_isEnforced(Cell cell) {
        Path parent = Project.newDirectory("volume");
        Path directory = parent.resolve("later");
        try (Shop shop = Shop.open(cell, new StateFile(directory.resolve("maintenance.mode")))) {
            Await.holds(Duration.ofSeconds(1), () -> "made " + directory, () -> !Files.exists(directory));
            AtomicInteger count = new AtomicInteger();
            flipAnyway(shop, word -> {
                Path next = parent.resolve("next-" + count.incrementAndGet());
                if (word.equals("on")) {
                    new StateFile(next).makeDirectory();
                    new StateFile(next.resolve("maintenance.mode")).write("on");
                    move(next, directory);
                } else {
                    move(directory, next);
                }
            });
            Await.until(
                    Shop.FLIP_LIMIT,
                    () -> shop.agentLines().toString(),
                    () -> shop.agentLines().stream()
                                    .filter(line ->
                                            line.contains(" is gone with its directory, and the state in it is over: "))
                                    .count()
                            == ROUNDS);
        }
    }

    /** As a deployment exchanges the directory of a release; from then on another file decides. */
    @Test
    void flip_switchedDirectoryLink_isEnforced() throws IOException {
        Path top = Project.newDirectory("deployed");
        Path current = top.resolve("current");
        Path next = top.resolve("releases-2");
        new StateFile(top.resolve("releases-1")).makeDirectory();
        new StateFile(next).makeDirectory();
        Files.createSymbolicLink(current, Path.of("releases-1"));
        StateFile state = new StateFile(current.resolve("maintenance.mode"));
        state.write("on");
        try (Shop shop = Shop.open(new Cell(Server.UNDERTOW_2, Jdk.running()), state)) {
            shop.awaitRefusing();
            new StateFile(current).replaceByLink(next);
            shop.awaitServing();
            shop.server()
                    .process()
                    .awaitStderr(
                            "^maintenance-agent: " + state.path() + " is gone, .* is over: the link " + current
                                    + " leads to " + next,
                            Shop.FLIP_LIMIT);
            state.write("on");
            shop.awaitRefusing();
            state.write("off");
            shop.awaitServing();
            assertEquals(1, shop.agentLines().size(), () -> shop.agentLines().toString());
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new AssertionError("Nobody but the test makes and removes " + to, e);
        }
    }

    private static void flip(Shop shop, Consumer<String> change) {
        flipAnyway(shop, change);
        shop.assertSilent();
    }

    private static void flipAnyway(Shop shop, Consumer<String> change) {
        for (int round = 0; round < ROUNDS; round++) {
            change.accept("on");
            shop.awaitRefusing();
            change.accept("off");
            shop.awaitServing();
        }
    }
}
