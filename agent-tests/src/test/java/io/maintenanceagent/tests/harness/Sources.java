package io.maintenanceagent.tests.harness;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A directory of Java sources that is compiled while the tests run, against one server's jars or another's. */
public final class Sources {

    private final Path directory;
    private final List<String> processors;

    public Sources(Path directory) {
        this(directory, List.of());
    }

    private Sources(Path directory, List<String> processors) {
        this.directory = directory;
        this.processors = processors;
    }

    /** The same with processors of annotations, by their names, which are on the class path. */
    public Sources processedBy(String... names) {
        return new Sources(directory, List.of(names));
    }

    /**
     * Copies the sources, rewritten, and compiles them.
     *
     * @param release the Java release to compile for
     * @param include which file names to take
     * @param rewrite from the text of a source to the text that is compiled
     * @param classes where the class files go; made if it is not there
     * @throws IllegalStateException with the compiler's messages, if they do not compile
     */
    public void compile(
            int release,
            Collection<String> include,
            UnaryOperator<String> rewrite,
            Collection<Path> classPath,
            Path classes) {
        try {
            Files.createDirectories(classes);
            compile(release, rewritten(include, rewrite), classPath, classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all sources here, relative to the directory. */
    public List<String> names() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> directory.relativize(file).toString())
                    .filter(name -> name.endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> rewritten(Collection<String> include, UnaryOperator<String> rewrite) throws IOException {
        Path copies = Project.newDirectory("sources");
        List<Path> files = new ArrayList<>();
        for (String name : include) {
            Path copy = copies.resolve(name);
            Files.createDirectories(copy.getParent());
            files.add(Files.writeString(copy, rewrite.apply(Files.readString(directory.resolve(name)))));
        }
        return files;
    }

    private void compile(int release, List<Path> files, Collection<Path> classPath, Path classes) throws IOException {
        List<String> options = List.of(
                "--release",
                Integer.toString(release),
                processors.isEmpty() ? "-proc:none" : "-processor",
                processors.isEmpty() ? "-nowarn" : String.join(",", processors),
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "-d",
                classes.toString());
        if (release > Jdk.running().feature()) {
            compileElsewhere(release, files, options);
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(files);
            if (!compiler.getTask(messages, manager, null, options, null, units).call()) {
                throw new IllegalStateException("Does not compile:\n" + messages);
            }
        }
    }

    /** By the compiler of a JDK that knows the release: the running one cannot even read such class files. */
    private static void compileElsewhere(int release, List<Path> files, List<String> options) throws IOException {
        Jdk jdk = Jdk.all().stream()
                .filter(candidate -> candidate.feature() >= release)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No JDK here compiles for " + release));
        List<String> command =
                new ArrayList<>(List.of(jdk.home().resolve("bin/javac").toString()));
        command.addAll(options);
        files.forEach(file -> command.add(file.toString()));
        Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        String messages = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiler.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("Does not compile:\n" + messages);
        }
    }
}
