package io.maintenanceagent.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.config.PolicyFile;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.jmx.MaintenanceMXBean;
import io.maintenanceagent.json.Json;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.StateParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files under {@code examples} parse, and their settings, states and policies are valid. */
class ExamplesTest {

    private static final Path EXAMPLES = Document.ROOT.resolve("examples");

    private final ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));

    @TempDir
    private Path directory;

    @Test
    void yaml_all_parsesWithoutDuplicateKeys() throws IOException {
        assertTrue(files("yaml").size() + files("yml").size() >= 9);
        for (Path file : files("yml")) {
            documents(file);
        }
        for (Path file : files("yaml")) {
            documents(file);
        }
    }

    @Test
    void options_all_areSettingsOfTheAgent() throws IOException {
        int found = 0;
        for (Path file : files("")) {
            Matcher option = Pattern.compile("-javaagent:\\S*maintenance-agent\\.jar(?:=([^\\s\"']+))?")
                    .matcher(text(file));
            while (option.find() && !file.toString().endsWith("demo")) {
                Settings.read(option.group(1), name -> null, Collections.emptyMap(), errors);
                found++;
            }
        }
        assertEquals(0, errors.count(), errors::last);
        assertTrue(found >= 4);
    }

    @Test
    void kubernetes_configMap_hasStateAndPolicy() throws Exception {
        Map<?, ?> data = (Map<?, ?>)
                documents(EXAMPLES.resolve("kubernetes/configmap.yaml")).get(0).get("data");
        assertState((String) data.get("maintenance.mode"), false);
        Path policy = Files.write(directory.resolve("policy.json"), ((String) data.get("policy.json")).getBytes(UTF_8));
        PolicyFile.Content content =
                new PolicyFile(policy.toFile(), Collections.emptyMap()).readNew(Collections.emptyList(), errors);
        assertEquals(Collections.emptyList(), content.policy().warnings());
        assertEquals(0, errors.count(), errors::last);
    }

    @Test
    void kubernetes_jobs_writeStates() throws Exception {
        assertState(stateOfJob("on"), true);
        assertState(stateOfJob("off"), false);
    }

    private String stateOfJob(String name) throws IOException {
        String job = documents(EXAMPLES.resolve("kubernetes/" + name + ".yaml"))
                .get(0)
                .toString();
        Matcher patch = Pattern.compile("(\\{\"data\": .*?\\}\\})|(\\{\"data\": [^}]*\\}\\})")
                .matcher(job);
        Matcher merge = Pattern.compile("\\{\"data\": \\{.*\"\\}\\}").matcher(job);
        String json = merge.find() ? merge.group() : patch.find() ? patch.group() : "";
        Map<String, Object> merged = new Yaml(new SafeConstructor(new LoaderOptions())).load(json);
        return (String) ((Map<?, ?>) merged.get("data")).get("maintenance.mode");
    }

    private static void assertState(String state, boolean enabled) throws Exception {
        StateParser.Parsed parsed = StateParser.parse(state.getBytes(UTF_8));
        assertEquals(enabled, parsed.state().enabled());
        assertEquals(Collections.emptyList(), parsed.warnings());
    }

    @Test
    void kubernetes_volumes_areDirectories() throws IOException {
        assertFalse(documents(EXAMPLES.resolve("kubernetes/deployment.yaml"))
                .toString()
                .contains("subPath"));
    }

    @Test
    void kubernetes_deployment_fitsTogether() throws IOException {
        Map<?, ?> spec = (Map<?, ?>)
                documents(EXAMPLES.resolve("kubernetes/deployment.yaml")).get(0).get("spec");
        Map<?, ?> template = (Map<?, ?>) spec.get("template");
        assertEquals(
                ((Map<?, ?>) spec.get("selector")).get("matchLabels"),
                ((Map<?, ?>) template.get("metadata")).get("labels"));
        Map<?, ?> pod = (Map<?, ?>) template.get("spec");
        Set<Object> volumes = names(pod.get("volumes"));
        for (String kind : Arrays.asList("initContainers", "containers")) {
            for (Object container : (List<?>) pod.get(kind)) {
                Set<Object> mounted = names(((Map<?, ?>) container).get("volumeMounts"));
                assertTrue(volumes.containsAll(mounted), mounted + " of " + volumes);
            }
        }
        Object name = ((Map<?, ?>) documents(EXAMPLES.resolve("kubernetes/configmap.yaml"))
                        .get(0)
                        .get("metadata"))
                .get("name");
        assertTrue(pod.get("volumes").toString().contains("configMap={name=" + name + "}"), pod::toString);
    }

    /** {@code on} and {@code off} without quotes are no texts in YAML 1.1, which Kubernetes reads. */
    @Test
    void kubernetes_texts_areTexts() throws IOException {
        List<String> others = new ArrayList<>();
        for (Path file : files("yaml")) {
            for (Map<String, Object> document : documents(file)) {
                findOthers(document, file.getFileName().toString(), others);
            }
        }
        assertEquals(Collections.emptyList(), others);
    }

    private static void findOthers(Object value, String where, List<String> others) {
        if (value instanceof Map) {
            ((Map<?, ?>) value).forEach((key, member) -> findOthers(member, where + "/" + key, others));
        } else if (value instanceof List) {
            ((List<?>) value).forEach(member -> findOthers(member, where + "/", others));
        } else if (value instanceof Boolean && !where.endsWith("/readOnly")) {
            others.add(where + ": " + value);
        }
    }

    private static Set<Object> names(Object list) {
        Set<Object> names = new TreeSet<>();
        for (Object item : (List<?>) list) {
            names.add(((Map<?, ?>) item).get("name"));
        }
        return names;
    }

    @Test
    void prometheus_everywhere_areMetricsOfTheBean() throws Exception {
        Set<String> metrics = new TreeSet<>();
        for (Method method : MaintenanceMXBean.class.getMethods()) {
            String attribute = method.getName().replaceFirst("^(get|is)", "");
            String metric = "maintenance_"
                    + attribute.replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            metrics.add(metric);
            metrics.add(metric + "_total");
        }
        Path dashboard = EXAMPLES.resolve("prometheus/dashboard.json");
        assertFalse(Json.parse(Files.readAllBytes(dashboard))
                .get("panels")
                .elements()
                .isEmpty());
        String all = text(EXAMPLES.resolve("prometheus/alerts.yml"))
                + text(dashboard)
                + text(EXAMPLES.resolve("prometheus/maintenance-agent.yml"))
                + Document.of("agent/docs/observability.md").text();
        Matcher used = Pattern.compile("\\bmaintenance_\\w+").matcher(all);
        int found = 0;
        while (used.find()) {
            assertTrue(metrics.contains(used.group()), used.group());
            found++;
        }
        assertTrue(found >= 5);
    }

    @Test
    void systemd_dropIn_isUnderstood() throws Exception {
        Path analyze = Paths.get("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(analyze), "needs systemd-analyze");
        Path unit = Files.copy(EXAMPLES.resolve("systemd/shop.service"), directory.resolve("shop.service"));
        Path dropIns = Files.createDirectory(directory.resolve("shop.service.d"));
        Files.copy(EXAMPLES.resolve("systemd/maintenance-agent.conf"), dropIns.resolve("maintenance-agent.conf"));
        List<String> about = new ArrayList<>();
        for (String line : said(analyze.toString(), "verify", unit.toString())) {
            if (line.contains("maintenance-agent.conf") || line.contains("shop.service")) {
                about.add(line);
            }
        }
        assertEquals(Collections.emptyList(), about);
    }

    @Test
    void prometheus_alerts_areUnderstood() throws Exception {
        Path tool = Paths.get("/usr/bin/promtool");
        assumeTrue(Files.isExecutable(tool), "needs promtool, of Debian's prometheus");
        Path rules = EXAMPLES.resolve("prometheus/alerts.yml");
        List<String> said = said(tool.toString(), "check", "rules", rules.toString());
        assertTrue(said.toString().contains("SUCCESS"), said::toString);
    }

    private List<String> said(String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> command[0] + " does not end");
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }

    private static List<Map<String, Object>> documents(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text(file))) {
            @SuppressWarnings("unchecked")
            Map<String, Object> map = (Map<String, Object>) document;
            documents.add(map);
        }
        return documents;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), UTF_8);
    }

    /** @param extension a file name's, or empty for the files that name the agent */
    private static List<Path> files(String extension) throws IOException {
        List<String> named = Arrays.asList("yaml", "yml", "conf", "Dockerfile");
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().contains("/target/"))
                    .filter(path -> extension.isEmpty()
                            ? named.stream().anyMatch(path.toString()::endsWith)
                            : path.toString().endsWith("." + extension))
                    .collect(Collectors.toList());
        }
    }
}
