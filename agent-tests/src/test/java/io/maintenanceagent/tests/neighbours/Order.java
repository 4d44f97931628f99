package io.maintenanceagent.tests.neighbours;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Jdk;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** How the agent comes to stand beside another one. */
public enum Order {

    /** Before the other on the command line. */
    BEFORE,

    /** Behind it. */
    AFTER,

    /** Attached while the other is at work. */
    ATTACHED;

    /** Each order on each JDK, for JUnit. */
    public static Stream<Arguments> onAllJdks() {
        return Jdk.runningAndNewest().stream()
                .flatMap(jdk -> Stream.of(values())
                        .map(order -> Arguments.of(order, new Cell(Cell.any().server(), jdk))));
    }

    /**
     * Starts the test application with both agents, makes sure that it is served, refused and served again, whole, and
     * that the agent has nothing to say.
     *
     * @param other adds the other agent
     */
    public Shop open(Cell cell, Consumer<JavaCommand> other) {
        Shop shop = Shop.open(cell, (command, state) -> {
            if (this == BEFORE) {
                command.agent("file=" + state);
            }
            other.accept(command);
            if (this == AFTER) {
                command.agent("file=" + state);
            }
        });
        try {
            if (this == ATTACHED) {
                shop.assertServesAll(cell);
                shop.attach();
            }
            shop.assertFlips(cell);
            // The other agent may name our classes when it stumbles over them.
            assertEquals(List.of(), shop.server().process().stderr().lines(Order::isOfTheAgent));
            assertEquals(List.of(), shop.server().process().stdout().lines(Order::isOfTheAgent));
            return shop;
        } catch (Throwable e) {
            shop.close();
            throw e;
        }
    }

    private static boolean isOfTheAgent(String line) {
        return line.contains("maintenance-agent: ")
                || line.contains("io.maintenanceagent")
                || line.contains("io/maintenanceagent")
                || line.contains("MaintenanceHook");
    }
}
