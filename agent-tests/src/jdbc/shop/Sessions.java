package shop;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.flywaydb.core.Migration;

/**
 * Does what its standard input says, a line each: {@code session command argument}. A session is a thread with a
 * connection of its own, of a pool and to a URL. Answers {@code session ok RESULT} or {@code session failed CLASS:
 * MESSAGE}.
 */
public final class Sessions {

    private static final Map<String, Sessions> ALL = new HashMap<>();

    private final String name;
    private final ExecutorService thread;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean looping;
    private Connection connection;

    private Sessions(String name) {
        this.name = name;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "session-" + name);
            made.setDaemon(true);
            return made;
        });
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 3);
            Sessions session = ALL.computeIfAbsent(words[0], Sessions::new);
            session.submit(words[1], words.length > 2 ? words[2] : "");
        }
    }

    private void submit(String command, String argument) {
        if (command.equals("counts")) {
            System.out.println(name + " ok " + written + " written, " + refused + " refused");
            return;
        }
        thread.submit(() -> {
            try {
                System.out.println(name + " ok " + done(command, argument));
            } catch (Throwable e) {
                System.out.println(name + " failed " + e.getClass().getName() + ": " + e.getMessage());
            }
        });
    }

    private Object done(String command, String argument) throws Exception {
        switch (command) {
            case "open":
                String[] words = argument.split(" ");
                connection = Pools.connection(words[0], words[1]);
                return words[0];
            case "autocommit":
                connection.setAutoCommit(Boolean.parseBoolean(argument));
                return argument;
            case "readonly":
                connection.setReadOnly(Boolean.parseBoolean(argument));
                return argument;
            case "commit":
                connection.commit();
                return "";
            case "rollback":
                connection.rollback();
                return "";
            case "close":
                connection.close();
                return "";
            case "migrate":
                return Migration.run(connection, "update", argument);
            case "link":
                return link(argument) + " classes";
            case "loop":
                looping = true;
                loop(argument);
                return "looping";
            default:
                return Ledger.book(connection, command, argument);
        }
    }

    /** Has the JVM verify all classes of a jar that it can. */
    private static int link(String jar) throws Exception {
        int linked = 0;
        try (JarFile file = new JarFile(jar)) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF") && !name.endsWith("-info.class")) {
                    String type =
                            name.substring(0, name.length() - ".class".length()).replace('/', '.');
                    try {
                        // Reflection links a class, and does not initialize it.
                        Class.forName(type, false, Sessions.class.getClassLoader())
                                .getDeclaredConstructors();
                        linked++;
                    } catch (VerifyError e) {
                        throw e;
                    } catch (Throwable missing) {
                        // what it needs is not here
                    }
                }
            }
        }
        return linked;
    }

    /** Writes again and again, in another thread, each time with a connection of the pool. */
    private void loop(String argument) {
        String[] words = argument.split(" ", 5); // URL, pool, auto-commit, how, SQL
        Thread writer = new Thread(
                () -> {
                    while (looping) {
                        try (Connection own = Pools.connection(words[1], words[0])) {
                            own.setAutoCommit(Boolean.parseBoolean(words[2]));
                            Ledger.book(own, words[3], words[4]);
                            if (!own.getAutoCommit()) {
                                own.commit();
                            }
                            written.incrementAndGet();
                        } catch (Throwable e) {
                            refused.incrementAndGet();
                            if (!(e instanceof java.sql.SQLTransientException)) {
                                System.out.println(name + " failed " + e);
                            }
                        }
                        pause();
                    }
                },
                "writer-" + name);
        writer.setDaemon(true);
        writer.start();
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
