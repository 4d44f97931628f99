package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.WebApplication;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two applications in one server, each with its own versions of libraries that agents are known to bring along. */
final class LibrariesTest {

    private static final Request OLD = Request.get("/old/versions");
    private static final Request NEW = Request.get("/new/versions");

    @Test
    void eachApplicationKeepsItsOwn() {
        Cell cell = Cell.any();
        try (Shop shop = Shop.open(
                cell,
                (command, state) -> command.agent("file=" + state)
                        .main(
                                "TomcatLauncher",
                                war(cell, "libraries-old"),
                                "/old",
                                war(cell, "libraries-new"),
                                "/new"))) {
            assertServed(shop);
            shop.state().write("on");
            awaitStatus(shop, 503);
            Refusal.DEFAULT.assertAnswers(OLD, shop.send(OLD));
            Refusal.DEFAULT.assertAnswers(NEW, shop.send(NEW));
            shop.state().write("off");
            awaitStatus(shop, 200);
            assertServed(shop);
            shop.assertSilent();
        }
    }

    private static void awaitStatus(Shop shop, int status) {
        Await.until(Shop.FLIP_LIMIT, () -> "not " + status, () -> shop.send(OLD).status() == status);
    }

    private static String war(Cell cell, String libraries) {
        Path[] jars = Project.serverJars(libraries).toArray(Path[]::new);
        return new WebApplication("libraries-app", jars)
                .exploded(cell.server().namespace())
                .toString();
    }

    private static void assertServed(Shop shop) {
        assertEquals(said("libraries-old"), text(shop.send(OLD)));
        assertEquals(said("libraries-new"), text(shop.send(NEW)));
    }

    private static String text(Response response) {
        return response.status() + " " + response.text();
    }

    /** What the application says with these libraries. */
    private static String said(String libraries) {
        List<String> names = Project.serverJars(libraries).stream()
                .map(jar -> jar.getFileName().toString())
                .toList();
        return "200 {\"byte-buddy\":\"" + first(names, "byte-buddy") + "\",\"jackson\":\""
                + first(names, "jackson-databind") + "\",\"made\":\"by Byte Buddy\"}";
    }

    private static String first(List<String> names, String beginning) {
        return names.stream()
                .filter(name -> name.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }
}
