package io.maintenanceagent.tests.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A file that nginx gives, and takes by WebDAV, is the switch. */
final class NginxTest {

    @Test
    void file_isFollowedAndWritten() throws Exception {
        Cli cli = new Cli();
        try (Nginx nginx = Nginx.running();
                StoreShop shop = StoreShop.open(nginx.uri("old/state"), nginx.directory)) {
            shop.awaitServing();
            cli.run("on", "--store", nginx.uri("state"))
                    .failed(1, "does not let itself be written (405 to a PUT or DELETE)");
            cli.run("on", "--store", nginx.uri("old/state")).failed(1, "is read by a redirect");
            cli.run("on", "--store", nginx.uri("dav/state")).done();
            shop.awaitRefusing();
            // nginx looks at no condition of a PUT.
            String before = Files.readString(nginx.file("dav/state"));
            cli.run("off", "--store", nginx.uri("dav/state"))
                    .failed(
                            1,
                            "takes a PUT whatever its If-Match says; so what somebody else writes meanwhile would be");
            assertEquals(before, Files.readString(nginx.file("dav/state")));
            cli.run("off", "--store", nginx.uri("dav/state#put=unconditional")).done();
            shop.awaitServing();
            String writable = nginx.uri("dav/state#put=unconditional");
            assertEquals(
                    0,
                    cli.run("run", "--no-wait", "--store", writable, "--", "true")
                            .code());
            assertTrue(Files.readString(nginx.file("dav/state")).contains("\"enabled\":false"));

            Files.writeString(nginx.file("private/state"), "on");
            cli.run("status", "--store", nginx.uri("private/state")).failed(1, "refuses access (401)");
            cli.run("status", "--store", nginx.uri("private/state").replace("//", "//me:pass@"))
                    .done();

            nginx.kill();
            shop.awaitLine("cannot be reached (");
            nginx.start();
            Files.writeString(nginx.file("dav/state"), "1");
            shop.awaitRefusing();
            Files.delete(nginx.file("dav/state"));
            shop.awaitServing();
        }
    }
}
