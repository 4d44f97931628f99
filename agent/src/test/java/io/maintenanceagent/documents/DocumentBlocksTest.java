package io.maintenanceagent.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.config.Settings;
import io.maintenanceagent.json.Json;
import io.maintenanceagent.report.ErrorReporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every code block of the documents is tried by some test. Blocks marked {@code run} or {@code attach} are run beside a
 * real server by the tests of the real jar; {@code DocumentsTest} parses those marked {@code policy} and {@code state},
 * {@code CommandLineDocumentTest} the agent's commands in all.
 */
class DocumentBlocksTest {

    /** What commands in a block without a mark begin with, beside the agent's own, and why nothing runs them here. */
    private static final List<String> OTHERS = Arrays.asList(
            "examples/",
            "mvn ", // by the build, and by the tests of the examples
            "redis-cli ",
            "etcdctl ",
            "consul ", // writes by the same protocols are in the tests of the stores
            "docker run ",
            "kubectl ", // there is no engine to run them
            "-javaagent:",
            "echo ",
            "openssl rand ",
            "./",
            "curl ",
            "MAINTENANCE_MODE=on");

    private static final Pattern OPTIONS =
            Pattern.compile("-javaagent:\\S*maintenance-agent\\.jar(?:=([^\\s\"'`…]+))?");

    private static final String IMPORTS =
            "import io.maintenanceagent.api.*; import java.nio.charset.StandardCharsets;\n";

    private static final Map<String, String> NONE = Collections.emptyMap();

    private final ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));

    @TempDir
    private Path directory;

    @Test
    void blocks_all_areTried() throws IOException {
        Set<String> untried = new TreeSet<>();
        for (Document document : Document.all()) {
            for (Document.Block block : document.blocks()) {
                boolean tried = !block.mark().isEmpty()
                        || block.language().equals("java")
                        || block.language().equals("sh")
                                && block.lines().stream().allMatch(this::isKnown);
                if (!tried) {
                    untried.add(block.toString());
                }
            }
        }
        assertEquals(Collections.emptySet(), untried, "no test tries these blocks");
    }

    private boolean isKnown(String line) {
        String command = line.trim();
        return command.isEmpty()
                || command.startsWith("#")
                || command.startsWith("java -j")
                || OTHERS.stream().anyMatch(command::startsWith);
    }

    @Test
    void marks_all_areKnown() throws IOException {
        Set<String> marks = new TreeSet<>();
        for (Document document : Document.all()) {
            document.blocks().forEach(block -> marks.add(block.mark()));
        }
        marks.removeAll(Arrays.asList("", "run", "attach", "policy", "state", "json", "forms", "shown"));
        assertEquals(Collections.emptySet(), marks);
    }

    @Test
    void json_marked_parses() throws Exception {
        for (Document document : Document.all()) {
            for (String block : document.blocks("json")) {
                Json.parse(block.getBytes(UTF_8));
            }
        }
        assertEquals(1, Document.of("agent/docs/draining.md").blocks("json").size());
    }

    /** With all that is optional, and without. */
    @Test
    void forms_ofStores_areUnderstood() {
        int found = 0;
        for (String block : Document.of("agent/docs/stores.md").blocks("forms")) {
            for (String form : block.trim().split("\n")) {
                String uri = form.replaceFirst("store=", "")
                        .replaceAll("HOST…", "h2")
                        .replace("PORT", "1234");
                String shortest = uri;
                while (!shortest.equals(shortest = shortest.replaceAll("\\[[^\\[\\]]*]", ""))) {
                    // the innermost brackets first
                }
                for (String tried : Arrays.asList(shortest, uri.replaceAll("[\\[\\]…]", ""))) {
                    Settings.read(null, Collections.singletonMap("maintenance.store", tried)::get, NONE, errors);
                    assertEquals(0, errors.count(), () -> tried + ": " + errors.last());
                    found++;
                }
            }
        }
        assertEquals(12, found);
    }

    @Test
    void options_all_areSettings() throws IOException {
        int found = 0;
        for (Document document : Document.all()) {
            Matcher option = OPTIONS.matcher(document.text());
            while (option.find()) {
                Settings.read(option.group(1), name -> null, Collections.emptyMap(), errors);
                found++;
                assertEquals(0, errors.count(), () -> document + ": " + errors.last());
            }
        }
        assertTrue(found >= 15, "" + found);
    }

    @Test
    void java_all_compiles() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                Arrays.asList("-d", directory.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
        int found = 0;
        for (Document document : Document.all()) {
            for (Document.Block block : document.blocks()) {
                if (block.language().equals("java") && block.mark().isEmpty()) {
                    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
                    List<Source> sources = sources(block.text().replace("{ … }", "{}"));
                    assertTrue(
                            compiler.getTask(null, null, said, options, null, sources)
                                    .call(),
                            () -> block + ": " + said.getDiagnostics());
                    found++;
                }
            }
        }
        assertTrue(found >= 5, "" + found);
    }

    /** A class each, or the body of a method. */
    private static List<Source> sources(String code) {
        List<Source> sources = new ArrayList<>();
        for (String part : code.split("\n\n(?=@|public)")) {
            Matcher name = Pattern.compile("public final class (\\w+)").matcher(part);
            sources.add(
                    name.find()
                            ? new Source(name.group(1), IMPORTS + "import javax.servlet.http.HttpServlet;\n" + part)
                            : new Source(
                                    "Body",
                                    IMPORTS + "abstract class Body { abstract void reindex(); abstract void"
                                            + " sendNewsletter(); void run() throws Exception {\n" + part + "}}"));
        }
        return sources;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String name, String code) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignored) {
            return code;
        }
    }

    /** Keeps the list of programs from growing stale. */
    @Test
    void others_all_areUsed() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Document document : Document.all()) {
            for (Document.Block block : document.blocks()) {
                lines.addAll(block.lines());
            }
        }
        assertEquals(
                Collections.emptyList(),
                OTHERS.stream()
                        .filter(other ->
                                lines.stream().noneMatch(line -> line.trim().startsWith(other)))
                        .collect(Collectors.toList()));
    }
}
