package io.maintenanceagent.tests.policy;

import io.maintenanceagent.tests.harness.Request;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Requests for the application in {@code src/policy-app}, some of them written in a strange way. */
final class RandomRequest {

    private static final String[] METHODS = {"GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"};

    private static final String[] PATHS = {
        "/shop/open/x",
        "/shop/open/y",
        "/shop/open/z/z",
        "/shop/open",
        "/shop/closed/x",
        "/shop/closed",
        "/shop/status",
        "/shop/health",
        "/shop/secret.txt",
        "/shop/assets/a.txt",
        "/shop/welcome/",
        "/shop/welcome/index.html",
        "/shop/nothing",
        "/shop/a.do",
        "/shop/robots.txt",
        "/shop",
        "/shop/",
        "/robots.txt",
        "/other/open/x",
        "/"
    };

    private static final String[] HOSTS = {
        "localhost",
        "localhost:8080",
        "a.example",
        "A.EXAMPLE:80",
        "x.b.example",
        "b.example",
        "a.example.",
        "[::1]",
        "a_b",
        "",
        "127.0.0.1"
    };

    private static final String[] FORWARDED = {
        "10.0.0.1", "10.0.0.1, 203.0.113.7", "203.0.113.7, 10.0.0.1", "unknown", "10.0.0.1, 127.0.0.1"
    };

    private RandomRequest() {}

    /** A request for each path, as a browser sends it. */
    static List<Request> plain() {
        return Stream.of(PATHS)
                .map(path -> Request.get(path).with("Host", "localhost"))
                .toList();
    }

    /** @param strange whether its path may be written in a strange way */
    static Request next(Random random, boolean strange) {
        String path = one(PATHS, random);
        for (int changes = strange ? random.nextInt(3) : 0; changes > 0; changes--) {
            path = changed(path, random);
        }
        Request request = Request.of(one(METHODS, random), path + (random.nextInt(4) == 0 ? "?a=/shop/open/x" : ""))
                .with("Host", one(HOSTS, random));
        return random.nextInt(4) == 0 ? request.with("X-Forwarded-For", one(FORWARDED, random)) : request;
    }

    private static String one(String[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static String changed(String path, Random random) {
        int slash = slash(path, random);
        String front = path.substring(0, slash);
        String back = path.substring(slash);
        switch (random.nextInt(12)) {
            case 0:
                return path + ";jsessionid=1";
            case 1:
                return front + (slash == 0 ? "" : ";a=b") + back;
            case 2:
                return front + "/" + back;
            case 3:
                return front + "/." + back;
            case 4:
                return front + "/zz/.." + back;
            case 5:
                return front + "/..;" + back;
            case 6:
                return slash == 0 ? path : front + "%2f" + back.substring(1);
            case 7:
                return front + (slash == 0 ? "" : "%3b") + back;
            case 8:
                return path + "/";
            case 9:
                return path.replaceFirst("s", "%73");
            case 10:
                return path.replaceFirst("o", "%256f");
            default:
                return path.replaceFirst("e", "%65");
        }
    }

    private static int slash(String path, Random random) {
        int slash = 0;
        for (int skipped = random.nextInt(4); skipped > 0; skipped--) {
            int next = path.indexOf('/', slash + 1);
            slash = next < 0 ? slash : next;
        }
        return slash;
    }
}
