package beans;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.Collections;

/** Writes down what runs, line by line, into the file that the system property {@code ran} names. */
public final class Ran {

    private static final Path FILE = Paths.get(System.getProperty("ran"));

    private Ran() {}

    /** Something runs; if its name is {@code slow-MILLIS}, for so long. */
    public static void run(String name) {
        write("begins " + name);
        if (name.startsWith("slow-")) {
            try {
                Thread.sleep(Long.parseLong(name.substring(5)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        write("ran " + name + " " + System.currentTimeMillis());
    }

    private static synchronized void write(String line) {
        try {
            Files.write(
                    FILE,
                    Collections.singletonList(line),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
