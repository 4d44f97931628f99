package io.maintenanceagent.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.config.PolicyFile;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.jmx.MaintenanceMXBean;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.StateParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents agree with the code. {@code CommandLineDocumentTest} checks the command line's page. */
class DocumentsTest {

    private static final Path SOURCES = Document.ROOT.resolve("agent/src/main/java/io/maintenanceagent");

    /** The literals of a reported line; shorter ones are not distinctive. */
    private static final int PIECE = 20;

    private final ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));

    @TempDir
    private Path directory;

    @Test
    void links_all_leadToFilesAndHeadings() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Document document : Document.all()) {
            for (String link : document.links()) {
                if (!link.matches("[a-z]+:.*") && !leadsSomewhere(document, link)) {
                    dead.add(document + ": " + link);
                }
            }
        }
        assertEquals(Collections.emptyList(), dead);
    }

    private static boolean leadsSomewhere(Document document, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document.file() : document.file().resolveSibling(parts[0]);
        if (!Files.exists(target)) {
            return false;
        }
        String path = Document.ROOT.relativize(target.normalize()).toString();
        return parts.length == 1 || Document.of(path).anchors().contains(parts[1]);
    }

    @Test
    void readme_lines_areFew() throws IOException {
        assertTrue(Files.readAllLines(Document.ROOT.resolve("README.md")).size() <= 150);
    }

    @Test
    void readme_links_leadToEveryPage() throws IOException {
        List<String> linked = Document.of("README.md").links();
        try (Stream<Path> pages = Files.list(Document.ROOT.resolve("agent/docs"))) {
            for (Path page :
                    pages.filter(path -> path.toString().endsWith(".md")).collect(Collectors.toList())) {
                assertTrue(linked.contains("agent/docs/" + page.getFileName()), page.toString());
            }
        }
    }

    @Test
    void contributing_table_hasEveryPackage() throws IOException {
        String table = Document.of("CONTRIBUTING.md").text();
        Set<String> missing = new TreeSet<>();
        try (Stream<Path> packages = Files.walk(SOURCES)) {
            for (Path directory : packages.filter(Files::isDirectory).collect(Collectors.toList())) {
                String name = SOURCES.relativize(directory).toString().replace('/', '.');
                if (!name.isEmpty() && !table.contains("`" + name + "`")) {
                    missing.add(name);
                }
            }
        }
        assertEquals(Collections.emptySet(), missing, "CONTRIBUTING.md has to name these packages");
    }

    @Test
    void configuration_table_hasEveryKeyAndNoOther() {
        Settings.read("nosuchkey=1", name -> null, Collections.emptyMap(), errors);
        String keys = errors.last().replaceFirst(".*one of the keys ", "");
        Set<String> table = Document.codeInFirstColumn(
                Document.of("agent/docs/configuration.md").sections().get("configuration"));
        assertEquals(new TreeSet<>(Arrays.asList(keys.split(", "))), new TreeSet<>(table));
    }

    @Test
    void state_table_hasEveryMemberAndNoOther() {
        Set<String> table = Document.codeInFirstColumn(
                Document.of("agent/docs/state.md").sections().get("json"));
        assertEquals(new TreeSet<>(Arrays.asList(StateParser.MEMBERS.split(", "))), new TreeSet<>(table));
    }

    @Test
    void states_marked_parseWithoutWarnings() throws Exception {
        for (Document document : Document.all()) {
            for (String block : document.blocks("state")) {
                StateParser.Parsed parsed = StateParser.parse(block.getBytes(UTF_8));
                assertEquals(Collections.emptyList(), parsed.warnings(), document + ": " + block);
            }
        }
        assertFalse(Document.of("agent/docs/state.md").blocks("state").isEmpty());
    }

    @Test
    void policies_marked_parseWithoutWarnings() throws Exception {
        for (Document document : Document.all()) {
            for (String block : document.blocks("policy")) {
                PolicyFile.Content content = read(block);
                assertEquals(Collections.emptyList(), content.policy().warnings(), document + ": " + block);
                assertEquals(0, errors.count(), () -> document + ": " + errors.last());
            }
        }
        assertTrue(Document.of("agent/docs/policy.md").blocks("policy").size() > 4);
    }

    private PolicyFile.Content read(String policy) throws IOException, MalformedContentException {
        Path file = Files.createTempFile(directory, "policy", ".json");
        String secret = "tulip-harbour-violin-41";
        Path secretFile = Files.write(directory.resolve("bypass.secret"), secret.getBytes(UTF_8));
        Files.write(
                file,
                policy.replace("/etc/shop/bypass.secret", secretFile.toString()).getBytes(UTF_8));
        return new PolicyFile(file.toFile(), Collections.singletonMap("BYPASS_SECRET", secret))
                .readNew(Collections.emptyList(), errors);
    }

    @Test
    void policy_sections_haveEveryMemberAndNoOther() {
        Document page = Document.of("agent/docs/policy.md");
        for (String member : members("{\"?\": 1}")) {
            assertTrue(page.sections().containsKey(Document.anchor(member)), member);
        }
        check(page, "rules", "{\"rules\": [{\"?\": 1}]}");
        check(page, "exempt", "{\"exempt\": {\"?\": 1}}");
        check(page, "bypass", "{\"bypass\": {\"?\": 1}}");
        assertEquals(members("{\"response\": {\"?\": 1}}"), responseMembers(page));
    }

    /** Unknown members of responses are found by their own reader, which has its own list. */
    private static Set<String> responseMembers(Document page) {
        return new TreeSet<>(Document.codeInFirstColumn(page.sections().get("response")));
    }

    private void check(Document page, String section, String policy) {
        Set<String> table =
                new TreeSet<>(Document.codeInFirstColumn(page.sections().get(section)));
        table.removeAll(Arrays.asList("probes", "robots", "docs", "acme"));
        assertEquals(members(policy), table, section);
    }

    private Set<String> members(String policy) {
        String message = assertThrows(MalformedContentException.class, () -> read(policy))
                .getMessage();
        return new TreeSet<>(Arrays.asList(
                message.replaceFirst("(?s).*unknown member; allowed: ", "").split(", ")));
    }

    @Test
    void observability_table_hasEveryAttributeOfTheBean() {
        Set<String> attributes = new TreeSet<>();
        for (Method method : MaintenanceMXBean.class.getMethods()) {
            if (method.getReturnType() != void.class) {
                attributes.add(method.getName().replaceFirst("^(get|is)", ""));
            }
        }
        Set<String> table = Document.codeInFirstColumn(
                Document.of("agent/docs/observability.md").sections().get("jmx"));
        table.removeIf(code -> code.endsWith(")")); // operations
        assertEquals(attributes, new TreeSet<>(table));
    }

    @Test
    void observability_lines_haveEveryReport() throws IOException {
        String page = Document.of("agent/docs/observability.md").text();
        Set<String> missing = new TreeSet<>();
        for (String source : sources()) {
            Matcher report = Pattern.compile("\\.report(?:Once)?\\((.*?)\\);\\s*\\n", Pattern.DOTALL)
                    .matcher(source);
            while (report.find()) {
                Matcher literal = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(report.group(1));
                while (literal.find()) {
                    String piece = literal.group(1).replace("\\\"", "\"").trim();
                    if (piece.length() >= PIECE && !page.contains(piece)) {
                        missing.add(piece);
                    }
                }
            }
        }
        assertEquals(Collections.emptySet(), missing, "agent/docs/observability.md has to name these lines");
    }

    @Test
    void observability_lines_areInTheSource() throws IOException {
        String all = String.join("\n", sources()).replace("\\\"", "\"");
        Set<String> stale = new TreeSet<>();
        List<String> lines = new ArrayList<>();
        Document.of("agent/docs/observability.md").sections().forEach((section, text) -> {
            if (section.startsWith("lines-")) {
                lines.addAll(Document.codeInFirstColumn(text));
            }
        });
        for (String line : lines) {
            for (String part : line.split("…|; ")) {
                String piece = part.replaceAll("^[ :;(),]+|[ :;(),]+$", "");
                if (piece.length() >= PIECE && !all.contains(piece)) {
                    stale.add(piece);
                }
            }
        }
        assertEquals(Collections.emptySet(), stale, "nothing prints these lines of agent/docs/observability.md");
        assertTrue(lines.size() > 20);
    }

    @Test
    void troubleshooting_lines_areInTheSource() throws IOException {
        String all = String.join("\n", sources(null)).replace("\\\"", "\"");
        Set<String> stale = new TreeSet<>();
        Document.of("agent/docs/troubleshooting.md").sections().forEach((section, lines) -> {
            if (section.matches("(every-way|on-is|status-does).*")) {
                Matcher line = Pattern.compile("`([^`]+)`").matcher(String.join("\n", lines));
                while (line.find()) {
                    for (String part : line.group(1).split("…|; ")) {
                        String piece = part.replaceAll("^[ :;(),]+|[ :;(),]+$", "");
                        if (piece.length() >= PIECE && !all.contains(piece)) {
                            stale.add(piece);
                        }
                    }
                }
            }
        });
        assertEquals(Collections.emptySet(), stale, "nothing prints these lines of agent/docs/troubleshooting.md");
    }

    @Test
    void draining_report_hasEveryMember() throws IOException {
        assertMembersAreNamed("agent/docs/draining.md", "instance/InstanceReporter.java");
    }

    @Test
    void commandLine_json_hasEveryMember() throws IOException {
        for (String command : Arrays.asList("Explain", "List", "Check", "Change")) {
            assertMembersAreNamed("agent/docs/command-line.md", "cli/command/" + command + "Command.java");
        }
        assertMembersAreNamed("agent/docs/command-line.md", "cli/state/StatusText.java");
    }

    private static void assertMembersAreNamed(String page, String source) throws IOException {
        String text = Document.of(page).text();
        String code = new String(Files.readAllBytes(SOURCES.resolve(source)), UTF_8);
        Matcher member = Pattern.compile("(?:Field|FieldName|FieldStart)\\(\\s*\"(\\w+)\"|optional\\(\\w+, \"(\\w+)\"")
                .matcher(code);
        Set<String> missing = new TreeSet<>();
        int found = 0;
        while (member.find()) {
            String name = member.group(1) == null ? member.group(2) : member.group(1);
            if (!text.contains("`" + name + "`") && !text.contains("\"" + name + "\":")) {
                missing.add(name);
            }
            found++;
        }
        assertEquals(Collections.emptySet(), missing, page + " has to name these members");
        assertTrue(found > 0, source);
    }

    /** The agent's own, without the command line's; adjacent literals are one. */
    private static List<String> sources() throws IOException {
        return sources(SOURCES.resolve("cli"));
    }

    private static List<String> sources(Path without) throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).collect(Collectors.toList())) {
                if (without == null || !file.startsWith(without)) {
                    String source = new String(Files.readAllBytes(file), UTF_8);
                    sources.add(source.replaceAll("\"\\s*\\+\\s*\"", ""));
                }
            }
        }
        return sources;
    }
}
