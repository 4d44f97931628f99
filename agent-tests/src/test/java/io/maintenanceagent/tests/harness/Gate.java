package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The test's side of the application's gate, where requests wait: see {@code shop.Gate}. */
public final class Gate {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path path = Project.newDirectory("gate").resolve("gate");

    /** The value for the header {@code X-Gate}. */
    public String path() {
        return path.toString();
    }

    /** The target with this gate as its parameter. */
    public String on(String target) {
        String parameter = "gate=" + URLEncoder.encode(path(), StandardCharsets.UTF_8);
        return target + (target.contains("?") ? "&" : "?") + parameter;
    }

    /** Waits until a request has come to the gate. */
    public void awaitEntered() {
        Path entered = Path.of(path + ".entered");
        Await.until(LIMIT, () -> "no request at the gate", () -> Files.exists(entered));
    }

    /** Lets it go on. */
    public void open() {
        try {
            Files.createFile(Path.of(path + ".open"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
