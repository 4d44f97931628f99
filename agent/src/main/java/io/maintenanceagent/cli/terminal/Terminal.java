package io.maintenanceagent.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Map;

/** A standard stream: whether it is a terminal, can be redrawn, and may be coloured. */
public final class Terminal {

    private static final char ESCAPE = '\033';
    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;

    private final CheckedOutput checked;
    private final PrintStream out;
    private final FileDescriptor descriptor; // null if it is none of this process's own
    private final boolean terminal;
    private final Map<String, String> environment;

    /**
     * @param out where to write
     * @param charset the encoding
     * @param terminal whether it is a terminal
     * @param environment the environment variables
     */
    public Terminal(OutputStream out, Charset charset, boolean terminal, Map<String, String> environment) {
        this(out, null, charset, terminal, environment);
    }

    private Terminal(
            OutputStream out,
            FileDescriptor descriptor,
            Charset charset,
            boolean terminal,
            Map<String, String> environment) {
        this.checked = new CheckedOutput(out);
        try {
            this.out = new PrintStream(new BufferedOutputStream(checked), true, charset.name());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e); // there is a charset of this name
        }
        this.descriptor = descriptor;
        this.terminal = terminal;
        this.environment = environment;
    }

    /** A standard stream of this process. */
    public static Terminal of(FileDescriptor stream, int descriptor, Map<String, String> environment) {
        return new Terminal(new FileOutputStream(stream), stream, charset(), isTerminal(descriptor), environment);
    }

    /**
     * Returns the locale's charset, and UTF-8 if no locale is set, as in most containers and cron jobs: their logs are
     * read as UTF-8.
     */
    private static Charset charset() {
        for (String property : new String[] {"stdout.encoding", "native.encoding", "sun.jnu.encoding"}) {
            String name = System.getProperty(property);
            if (name != null && Charset.isSupported(name)) {
                Charset charset = Charset.forName(name);
                return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
            }
        }
        return StandardCharsets.UTF_8;
    }

    /** Whether this process was started at a terminal, where a user can press Ctrl-C. */
    public static boolean isInteractive() {
        return isTerminal(0) || isTerminal(1) || isTerminal(2);
    }

    /**
     * The link tells about each stream. {@link System#console} tells about standard input and output together, and
     * since Java 22 it exists without a terminal, too.
     */
    private static boolean isTerminal(int descriptor) {
        Path link = Paths.get("/proc/self/fd/" + descriptor);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException ignored) {
            // this is not Linux
            return isConsole();
        }
    }

    private static boolean isConsole() {
        java.io.Console console = System.console();
        try {
            return console != null
                    && (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException ignored) {
            // this Java is older than 22
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    public void println(String line) {
        out.println(line);
    }

    /** Writes text without a line break. */
    public void print(CharSequence text) {
        out.append(text).flush();
    }

    public PrintStream stream() {
        return out;
    }

    /** Why something could not be written, or {@code null} if all of it was. */
    public IOException failure() {
        out.flush();
        return checked.failure();
    }

    /** Whether what was written can be written over. */
    public boolean canRedraw() {
        return terminal && !"dumb".equals(environment.get("TERM"));
    }

    /** See no-color.org: any value of the variable counts. */
    public boolean hasColours() {
        String noColor = environment.get("NO_COLOR");
        return canRedraw() && (noColor == null || noColor.isEmpty());
    }

    public String green(String text) {
        return coloured("32", text);
    }

    public String red(String text) {
        return coloured("1;31", text);
    }

    public String yellow(String text) {
        return coloured("33", text);
    }

    public String faint(String text) {
        return coloured("2", text);
    }

    private String coloured(String code, String text) {
        return hasColours() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    /** Discards all further output; what cannot be written is no failure. */
    public void discard() {
        checked.discard();
    }

    /** Whether its reader is gone, as behind {@code | head -1}. */
    public boolean isReaderGone() {
        IOException failure = failure();
        return OutputReader.isGone(descriptor) || failure != null && "Broken pipe".equals(failure.getMessage());
    }

    /** Cuts a line to a width, without counting colours. */
    public static String fit(String line, int columns) {
        int shown = 0;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == ESCAPE) {
                i = line.indexOf('m', i);
            } else if (++shown >= columns) {
                boolean coloured = line.indexOf(ESCAPE) >= 0;
                return line.substring(0, i) + (coloured ? ESCAPE + "[0m" : "");
            }
        }
        return line;
    }

    /** Rows and columns, as the terminal has them now. */
    public int[] size() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.PIPE)
                    .start();
            byte[] answer = new byte[32];
            int length;
            try (InputStream in = stty.getInputStream()) {
                length = in.read(answer);
            }
            String[] size = new String(answer, 0, Math.max(0, length), "US-ASCII")
                    .trim()
                    .split(" ");
            int rows = Integer.parseInt(size[0]);
            int columns = Integer.parseInt(size[1]);
            if (rows > 0 && columns > 0) {
                return new int[] {rows, columns};
            }
        } catch (IOException | RuntimeException ignored) {
            // as most are
        }
        return new int[] {DEFAULT_ROWS, DEFAULT_COLUMNS};
    }

    /**
     * Replaces control characters of quoted texts (a request's path, a message), which might move the cursor or break a
     * line.
     */
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (Character.isISOControl(clean.charAt(i))) {
                clean.setCharAt(i, ' ');
            }
        }
        return clean.toString();
    }
}
