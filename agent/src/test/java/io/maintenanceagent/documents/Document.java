package io.maintenanceagent.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A Markdown file of the project: its headings, links, tables and marked blocks. Immutable. */
public final class Document {

    /** The directory that has everything. */
    public static final Path ROOT = root();

    private static final Pattern HEADING = Pattern.compile("^(#{1,6}) (.+)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final Path file;
    private final List<String> lines;

    private Document(Path file) {
        this.file = file;
        try {
            this.lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the document.
     *
     * @param path a file below the root
     */
    public static Document of(String path) {
        return new Document(ROOT.resolve(path));
    }

    private static Path root() {
        Path at = Paths.get("").toAbsolutePath();
        while (!Files.exists(at.resolve("CONTRIBUTING.md"))) {
            at = at.getParent();
        }
        return at;
    }

    /** Returns all Markdown files, but for what is built. */
    public static List<Document> all() throws IOException {
        List<Document> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean skipped = name.equals("target") || name.equals(".git");
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                if (visited.getFileName().toString().endsWith(".md")) {
                    found.add(new Document(visited));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path visited, IOException gone) {
                return FileVisitResult.CONTINUE; // other tests create and delete files meanwhile
            }
        });
        return found;
    }

    Path file() {
        return file;
    }

    /** Returns all lines, as one text in which white space is one space. */
    public String text() {
        return String.join(" ", lines).replaceAll("\\s+", " ");
    }

    /** Returns the targets of its links, outside of code blocks. */
    List<String> links() {
        List<String> links = new ArrayList<>();
        for (String line : prose()) {
            Matcher link = LINK.matcher(CODE.matcher(line).replaceAll("x"));
            while (link.find()) {
                links.add(link.group(1));
            }
        }
        return links;
    }

    /** Returns what stands as code in its text. */
    public List<String> code() {
        List<String> found = new ArrayList<>();
        Matcher code = CODE.matcher(String.join("\n", prose()));
        while (code.find()) {
            found.add(code.group(1));
        }
        return found;
    }

    /** Returns what can stand behind {@code #} in a link, as GitHub makes it of headings. */
    Set<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>();
        for (String line : prose()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                anchors.add(anchor(heading.group(2)));
            }
        }
        return anchors;
    }

    /**
     * Returns what leads to it in a link.
     *
     * @param heading a heading's text
     */
    public static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    private List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            if (line.startsWith("```")) {
                code = !code;
            } else if (!code) {
                prose.add(line);
            }
        }
        return prose;
    }

    /** Returns the lines below each heading until the next of any level, by its anchor. */
    public Map<String, List<String>> sections() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> section = new ArrayList<>();
        sections.put("", section);
        for (String line : prose()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                section = new ArrayList<>();
                sections.put(anchor(heading.group(2)), section);
            } else {
                section.add(line);
            }
        }
        return sections;
    }

    /**
     * Returns what stands as code in the first column of the tables in them.
     *
     * @param section lines
     */
    public static Set<String> codeInFirstColumn(List<String> section) {
        Set<String> found = new LinkedHashSet<>();
        for (String line : section) {
            if (line.startsWith("|")) {
                Matcher code = CODE.matcher(line.split("(?<!\\\\)\\|")[1]);
                while (code.find()) {
                    found.add(code.group(1));
                }
            }
        }
        return found;
    }

    /**
     * Returns the anchors in this document that they link to.
     *
     * @param section lines
     */
    public static Set<String> linkedSections(List<String> section) {
        Set<String> found = new LinkedHashSet<>();
        Matcher link = LINK.matcher(String.join("\n", section));
        while (link.find()) {
            if (link.group(1).startsWith("#")) {
                found.add(link.group(1).substring(1));
            }
        }
        return found;
    }

    /** A code block: its language and the comment in the line before, both empty if there are none. Immutable. */
    public static final class Block {
        private final String where;
        private final String language;
        private final String mark;
        private final List<String> lines;

        Block(String where, String language, String mark, List<String> lines) {
            this.where = where;
            this.language = language;
            this.mark = mark;
            this.lines = lines;
        }

        public String language() {
            return language;
        }

        public String mark() {
            return mark;
        }

        public List<String> lines() {
            return lines;
        }

        String text() {
            return String.join("\n", lines) + "\n";
        }

        @Override
        public String toString() {
            return where;
        }
    }

    /** Returns all code blocks. */
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                String before = i == 0 ? "" : lines.get(i - 1);
                int end = i + 1;
                while (!lines.get(end).equals("```")) {
                    end++;
                }
                blocks.add(new Block(
                        this + ":" + (i + 1),
                        lines.get(i).substring(3),
                        before.startsWith("<!-- ") ? before.substring(5, before.length() - 4) : "",
                        new ArrayList<>(lines.subList(i + 1, end))));
                i = end;
            }
        }
        return blocks;
    }

    /**
     * Returns the code blocks behind a line with that word as a comment.
     *
     * @param mark a word
     */
    public List<String> blocks(String mark) {
        return blocks().stream()
                .filter(block -> block.mark.equals(mark))
                .map(Block::text)
                .collect(Collectors.toList());
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
