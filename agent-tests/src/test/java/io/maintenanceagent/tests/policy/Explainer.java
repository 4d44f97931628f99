package io.maintenanceagent.tests.policy;

import io.maintenanceagent.tests.harness.Project;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Runs {@code explain} of the jar in this JVM, which a process for each request would take too long for. Close it. */
final class Explainer implements AutoCloseable {

    private final URLClassLoader jar;
    private final Constructor<?> terminal;
    private final Constructor<?> console;
    private final Method run;

    Explainer() throws ReflectiveOperationException, MalformedURLException {
        jar = new URLClassLoader(new URL[] {Project.agentJar().toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        Class<?> terminals = jar.loadClass("io.maintenanceagent.cli.terminal.Terminal");
        Class<?> consoles = jar.loadClass("io.maintenanceagent.cli.terminal.Console");
        terminal = terminals.getDeclaredConstructor(OutputStream.class, Charset.class, boolean.class, Map.class);
        console = consoles.getDeclaredConstructor(terminals, terminals, Map.class);
        run = jar.loadClass("io.maintenanceagent.cli.Cli").getDeclaredMethod("run", String[].class, consoles);
        terminal.setAccessible(true);
        console.setAccessible(true);
        run.setAccessible(true);
    }

    /**
     * The output of {@code explain} with these arguments, behind its exit code; with its complaint, if there is one.
     */
    String explain(String... arguments) throws ReflectiveOperationException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] command = new String[arguments.length + 1];
        command[0] = "explain";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Map<String, String> environment = Map.of();
        Object code = run.invoke(
                null, command, console.newInstance(stream(out, environment), stream(out, environment), environment));
        return code + " " + out.toString(StandardCharsets.UTF_8) + (code.equals(0) ? "" : Arrays.toString(command));
    }

    private Object stream(OutputStream out, Map<String, String> environment) throws ReflectiveOperationException {
        return terminal.newInstance(out, StandardCharsets.UTF_8, false, environment);
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
