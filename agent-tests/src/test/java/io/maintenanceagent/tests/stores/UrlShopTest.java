package io.maintenanceagent.tests.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that follows a URL, which only those with a token may see. */
final class UrlShopTest {

    private static final Duration A_WHILE = Duration.ofMillis(1500);

    @Test
    void server_followsTheUrl() throws Exception {
        Path directory = Project.newDirectory("url");
        Path token = Files.writeString(directory.resolve("token"), WebResource.TOKEN + "\n");
        Cli cli = new Cli();
        try (WebResource resource = new WebResource();
                StoreShop shop = StoreShop.open(resource.url() + "#token-file=" + token, directory)) {
            String store = resource.url() + "#token-file=" + token;
            shop.awaitServing();
            resource.set("on");
            shop.awaitRefusing();
            resource.set(null);
            shop.awaitServing();

            String on = cli.run("on", "--store", store).done().text();
            assertTrue(on.contains("Note: " + resource.url() + " keeps no reports of instances"), on);
            shop.awaitRefusing();
            cli.run("off", "--store", store, "--wait").failed(1, "nobody can wait for them; nothing was changed");
            assertTrue(resource.get().contains("\"enabled\":true"), resource.get());
            String status = cli.run("status", "--store", store).done().text();
            assertTrue(status.contains("! " + resource.url() + " keeps no reports of instances"), status);

            resource.stop();
            shop.awaitLine(resource.url() + " cannot be reached (Connection refused); the last known state stays");
            Await.holds(A_WHILE, () -> "the state changed", shop::refuses);
            resource.start();
            cli.run("off", "--store", store).done();
            shop.awaitServing();

            Files.writeString(token, "another one");
            shop.awaitLine(resource.url() + " refuses access (401); the last known state stays");
            cli.run("on", "--store", store).failed(1, resource.url() + " refuses access (401)");
            assertEquals(2, shop.lines().size(), () -> shop.lines().toString());
            assertFalse((shop.lines() + status + on).contains(WebResource.TOKEN));
        }
    }
}
