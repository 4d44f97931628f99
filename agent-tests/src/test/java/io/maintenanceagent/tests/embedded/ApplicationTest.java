package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.*;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ApplicationTest {
    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#all")
    void x(Cell cell) {
        long t = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(cell, c -> {})) {
            System.out.println(cell + " started in " + (System.nanoTime() - t) / 1000000);
            for (String p : new String[] {"static.txt", "page.jsp", "raw", "greeting", "large", "virtual/x", "lambda/x", "nothing", "forward", "include", "slow", "slow?then=fault", "async-complete", "async-dispatch", "fault", "account", "login", "entries"}) {
                String r; try { r = server.http().get("/shop/" + p).toString();} catch (Exception e) { r = e.toString(); }
                System.out.println(cell + " " + p + " " + (r.length() > 400 ? r.substring(0, 400) : r));
            }
            System.out.println(cell + " echo " + server.http().send(Request.post("/shop/echo", "text/plain", "abc".getBytes())));
            System.out.println(cell + " echo " + server.http().send(Request.of("HEAD", "/shop/static.txt")));
            System.out.println(server.process().stderr());
        }
        System.out.println(cell + " closed in " + (System.nanoTime() - t) / 1000000);
    }
}
