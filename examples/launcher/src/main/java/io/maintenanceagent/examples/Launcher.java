package io.maintenanceagent.examples;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Runs one WAR file in an embedded Tomcat on the loopback address, until the process is told to stop. */
public final class Launcher {

    private static final String ADDRESS = "127.0.0.1";
    private static final String USAGE = "Usage: java -jar launcher.jar [--port PORT] [--context PATH] WAR\n"
            + "  --port PORT     port to listen on, 0 for any free one (default: 8080)\n"
            + "  --context PATH  context path, / for the root (default: / and the name of the WAR)";

    /** A logger that nobody refers to is collected, together with its level. */
    private static final Logger TOMCAT_LOGGER = Logger.getLogger("org.apache");

    private final int port;
    private final String contextPath;
    private final File war;

    private Launcher(int port, String contextPath, File war) {
        this.port = port;
        this.contextPath = contextPath;
        this.war = war;
    }

    public static void main(String[] args) {
        Launcher launcher;
        try {
            launcher = parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("launcher: " + e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        try {
            launcher.run();
        } catch (IOException | LifecycleException e) {
            System.err.println("launcher: cannot start " + launcher.war + ": " + e.getMessage());
            System.exit(1);
        }
    }

    private static Launcher parse(String[] args) {
        int port = 8080;
        String contextPath = null;
        File war = null;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--port")) {
                port = parsePort(valueOf(args, i++));
            } else if (args[i].equals("--context")) {
                contextPath = parseContextPath(valueOf(args, i++));
            } else if (args[i].startsWith("-")) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            } else if (war == null) {
                war = new File(args[i]).getAbsoluteFile();
            } else {
                throw new IllegalArgumentException("more than one WAR: " + args[i]);
            }
        }
        if (war == null) {
            throw new IllegalArgumentException("no WAR given");
        }
        if (!war.exists()) {
            throw new IllegalArgumentException("no such file: " + war);
        }
        if (contextPath == null) {
            contextPath = "/" + war.getName().replaceFirst("\\.war$", "");
        }
        return new Launcher(port, contextPath, war);
    }

    private static String valueOf(String[] args, int option) {
        if (option + 1 == args.length) {
            throw new IllegalArgumentException(args[option] + " needs a value");
        }
        return args[option + 1];
    }

    private static int parsePort(String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // falls through to the message below
        }
        throw new IllegalArgumentException("--port must be a number from 0 to 65535, not " + value);
    }

    private static String parseContextPath(String value) {
        if (value.isEmpty() || value.equals("/")) {
            return "";
        }
        if (!value.startsWith("/") || value.endsWith("/")) {
            throw new IllegalArgumentException("--context must start with / and not end with it: " + value);
        }
        return value;
    }

    private void run() throws IOException, LifecycleException {
        TOMCAT_LOGGER.setLevel(Level.WARNING);

        Path base = Files.createTempDirectory("launcher-");
        Tomcat tomcat = new Tomcat();
        // Registered before anything can fail, so that the directory never stays behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat, base), "launcher-stop"));

        // Tomcat unpacks the WAR here, but does not create the directory.
        Files.createDirectory(base.resolve("webapps"));
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(port);
        Connector connector = tomcat.getConnector();
        connector.setProperty("address", ADDRESS);
        Context context = tomcat.addWebapp(contextPath, war.getPath());
        tomcat.start();

        // Tomcat itself only logs these two failures and goes on.
        if (connector.getState() != LifecycleState.STARTED) {
            throw new LifecycleException("cannot listen on " + ADDRESS + ":" + port);
        }
        if (!context.getState().isAvailable()) {
            throw new LifecycleException("the application failed to start");
        }

        System.out.println("Ready: http://" + ADDRESS + ":" + connector.getLocalPort() + contextPath + "/");
        tomcat.getServer().await();
    }

    private static void stop(Tomcat tomcat, Path base) {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            System.err.println("launcher: cannot stop cleanly: " + e.getMessage());
        }
        try {
            deleteRecursively(base);
        } catch (IOException e) {
            System.err.println("launcher: cannot delete " + base + ": " + e.getMessage());
        }
    }

    private static void deleteRecursively(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
