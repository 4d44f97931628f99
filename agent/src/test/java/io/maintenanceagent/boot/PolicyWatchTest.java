package io.maintenanceagent.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.config.Settings;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyWatchTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(out, true));

    private PolicyWatch watch() {
        String argument = "policy=" + directory.resolve("policy.json");
        Settings settings = Settings.read(argument, name -> null, Map.of(), errors);
        return new PolicyWatch(
                settings,
                new Extensions(settings.extensions(), errors),
                Map.of(),
                new Enforcement(new AtomicBoolean(), errors),
                errors);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content.replace('\'', '"'));
    }

    private String said() {
        errors.flush();
        String text = out.toString();
        out.reset();
        return text;
    }

    @Test
    void knowsTheFilesThatItDependsOn() throws IOException {
        PolicyWatch watch = watch();
        File policy = directory.resolve("policy.json").toFile();
        assertEquals(Set.of(policy), Set.copyOf(watch.files()));
        write("policy.json", "{'response': {'html': 'page.html'}, 'bypass': {'secretFile': 'secret'}}");
        File secret = write("secret", "long enough for a secret").toFile();
        watch.poll();
        assertEquals(Set.of(policy, secret, directory.resolve("page.html").toFile()), Set.copyOf(watch.files()));
        write("policy.json", "{}");
        watch.poll();
        assertEquals(Set.of(policy), Set.copyOf(watch.files()));
    }

    @Test
    void saysNothingOfAPolicyThatIsHalfWritten() throws IOException {
        PolicyWatch watch = watch();
        write("policy.json", "{'unmapped': 'app");
        watch.poll();
        write("policy.json", "{'unmapped': 'application'}");
        watch.poll();
        assertEquals("", said());
        write("policy.json", "{'unmapped': 'app");
        watch.poll();
        watch.poll();
        assertTrue(said().contains("; the last good policy stays"));
        watch.poll();
        assertEquals("", said());
    }

    @Test
    void emptyPolicy_isSaidOnceWhenItStays() throws Exception {
        write("policy.json", "{'unmapped': 'application'}");
        PolicyWatch watch = watch();
        watch.poll();
        for (int spell = 0; spell < 2; spell++) {
            write("policy.json", "");
            watch.poll();
            assertEquals("", said(), "a write in progress");
            String said = "";
            for (long end = System.nanoTime() + 20_000_000_000L; said.isEmpty() && System.nanoTime() < end; ) {
                Thread.sleep(50);
                watch.poll();
                said = said();
            }
            assertTrue(said.contains("is empty and says nothing;"), said);
            assertTrue(said.endsWith("; the last good policy stays\n"), said);
            watch.poll();
            assertEquals("", said());
            write("policy.json", "{'unmapped': 'application'}");
            watch.poll();
        }
    }
}
