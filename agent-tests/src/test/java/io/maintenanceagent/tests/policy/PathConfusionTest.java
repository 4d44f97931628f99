package io.maintenanceagent.tests.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Request targets that servers, proxies and frameworks have read in different ways. However a target is written, it
 * reaches only paths that a rule or an exemption lets pass, and no path that a rule refuses.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.maintenanceagent.tests.harness.Cell#running")
final class PathConfusionTest {

    /** Ways to leave one directory, each to be followed by a way down. */
    private static final String[] UP = {
        "/..",
        "/..;",
        "/..;x=1",
        "/.;/..",
        "/%2e%2e",
        "/%2E.",
        "/.%2e",
        "/%2e%2e;",
        "/..%2f",
        "%2f..",
        "%2f%2e%2e",
        "/..%5c",
        "\\..",
        "/..\\",
        "%5c..",
        "%5c%2e%2e",
        "/%252e%252e",
        "/..%252f",
        "%252f..",
        "/%c0%ae%c0%ae",
        "/%e0%80%ae%e0%80%ae",
        "/..%c0%af",
        "%c0%af..",
        "/%uff0e%uff0e",
        "/%u002e%u002e",
        "/..%00",
        "/%00/..",
        "/..%09",
        "/..%20",
        "/.. ",
        "/...",
        "//..",
        "/./..",
        "/%2e/..",
        "/;/..",
        "/x/../..",
        "/;x=/..",
        ";/..",
        ";x=1/..",
        "/..#",
        "/..?",
        "/%2e%2e%2f",
        "/..%ef%bc%8f",
        "/%ef%bc%8e%ef%bc%8e",
        "/..%e2%88%95"
    };

    /** Ways to write the name of what is closed. */
    private static final String[] NAMES = {
        "closed/x",
        "closed/x;",
        "closed;/x",
        "closed;x=1/x",
        "closed/x/",
        "closed/x.",
        "closed//x",
        "/closed/x",
        "./closed/x",
        "%2e/closed/x",
        "%63losed/x",
        "closed%2fx",
        "closed%5cx",
        "closed%3b/x",
        "closed/x%00",
        "closed/x%00.txt",
        "closed/%2e/x",
        "closed\\x",
        "CLOSED/x",
        "closed./x",
        "closed%20/x",
        "closed/x%23",
        "closed/x%3f",
        "closed/x%3fa=b",
        "closed/x;/assets/a.txt",
        "closed/x?/open/x",
        "x.do",
        "x.do;a.txt",
        "x.do/",
        "open/../x.do",
        "x.do;/assets/a.txt",
        "secret.txt",
        "secret.txt;",
        "secret.txt/",
        "secret%2etxt",
        "secret.txt%00",
        "secret.txt%20",
        "secret.txt.",
        "SECRET.TXT",
        "secret.txt%3b.css",
        "%2fclosed/x",
        "%5cclosed/x",
        ";/closed/x",
        ";x/closed/x"
    };

    private static final String[] OPEN = {"/shop/open", "/shop/assets", "/shop/health", "/shop/open/x"};

    private static PolicyShop shop;

    @Parameter
    Cell cell;

    @BeforeParameterizedClassInvocation
    static void open(Cell cell) {
        shop = PolicyShop.open(cell);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        shop.close();
    }

    private static List<String> targets() {
        List<String> targets = new ArrayList<>();
        for (String name : NAMES) {
            targets.add("/shop/" + name);
            targets.add("//shop/" + name);
            targets.add("/./shop/" + name);
            targets.add("/%73hop/" + name);
            targets.add("/shop;x/" + name);
            targets.add("/shop;/" + name);
            targets.add("/open/../shop/" + name);
            targets.add("/shop/open/../../shop/" + name);
            targets.add("http://127.0.0.1/shop/" + name);
            targets.add("http://127.0.0.1/shop/open/../" + name);
            targets.add("http://open/shop/open/..;/" + name);
        }
        for (String open : OPEN) {
            for (String up : UP) {
                for (String name : List.of("closed/x", "x.do", "secret.txt", "/closed/x")) {
                    targets.add(open + up + "/" + name);
                    targets.add(open + up + name);
                    targets.add(open + "/x" + up + up + "/" + name);
                }
                // And the opposite: a refused path under the name of an exempt one.
                targets.add("/shop/closed/x" + up + up + "/open/x");
                targets.add("/shop/closed" + up + "/assets/a.txt");
                targets.add("/shop/closed" + up + "/health");
            }
        }
        targets.add("/shop/closed/health");
        targets.add("/shop/closed/x/shop/open/x");
        targets.add("/shop/closed/x;/shop/open/x");
        targets.add("/shop/closed/x?/../open/x");
        targets.add("*");
        targets.add("shop/closed/x");
        return targets;
    }

    /** The body of the response, or "" if the server rejects such a request. */
    private static String ask(String target, String host) {
        try {
            Request request = Request.get(target);
            Response response = shop.send(host == null ? request : request.with("Host", host));
            return response.status() == 200 ? response.text() : "";
        } catch (UncheckedIOException ended) {
            return "";
        }
    }

    @Test
    void ambiguousPath_reachesOnlyExemptPaths() {
        shop.on("'rules': [{'path': '/shop/open/**', 'maintenance': 'off'}],"
                + "'exempt': {'paths': ['/shop/assets/**', '/shop/health/**']}");
        assertEquals("served by open", ask("/shop/open/x", null));
        assertEquals("an asset", ask("/shop/assets/a.txt", null));
        for (String target : targets()) {
            String body = ask(target, null);
            // A servlet that is mapped by extension is in the open directories as well.
            boolean open = List.of("", "served by open", "an asset", "served by health")
                            .contains(body)
                    || body.contains("Directory: /shop/assets/") // Jetty, of /shop/assets/x/..
                    || body.matches("action at /(open|assets|health)/.*");
            assertTrue(open, target + " got " + body);
        }
    }

    @Test
    void ambiguousPath_reachesNoClosedPath() {
        shop.off(
                "'rules': [{'path': ['/shop/closed/**', '/shop/**/*.do', '/shop/secret.txt'], 'maintenance': 'on'}]",
                "/closed/x");
        assertEquals("served by open", ask("/shop/open/x", null));
        for (String target : targets()) {
            String body = ask(target, null);
            boolean closed = body.equals("a secret") || body.equals("served by closed") || body.startsWith("action");
            assertFalse(closed, target + " got " + body);
        }
    }

    @Test
    void invalidHost_isRefused() {
        shop.on("'rules': [{'hosts': ['open.example'], 'path': '/shop/open/**', 'maintenance': 'off'}],"
                + "'exempt': {'paths': ['/shop/assets/**']}");
        assertEquals("served by open", ask("/shop/open/x", "open.example"));
        for (String host : List.of(
                "",
                " ",
                "a/b",
                "a b",
                "a@open.example",
                "open.example/",
                "open.example,x",
                "[",
                "[::1",
                "%00",
                "open.example:x",
                "open.example:-1",
                "x\topen.example",
                "open.example\\x")) {
            assertEquals("", ask("/shop/closed/x", host), host);
            assertTrue(List.of("", "an asset").contains(ask("/shop/assets/a.txt", host)), host);
        }
    }
}
