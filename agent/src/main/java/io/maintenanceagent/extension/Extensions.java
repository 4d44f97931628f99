package io.maintenanceagent.extension;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.jvm.PlatformLoader;
import io.maintenanceagent.report.ErrorReporter;
import java.io.Closeable;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Loads implementations of the SPI from the jars of a directory, each once. They see the JDK,
 * {@code io.maintenanceagent.api} and each other, and nothing of the application or of the agent's own libraries. An
 * extension that cannot be loaded is reported and left out. Safe for any thread.
 */
public final class Extensions implements Closeable {

    private static final String API = "io.maintenanceagent.api.";

    private final File directory;
    private final ErrorReporter errors;
    private final ConcurrentMap<Class<?>, Implementations> loaded = new ConcurrentHashMap<Class<?>, Implementations>();
    private URLClassLoader loader; // null until it is needed; guarded by this, as is the next
    private boolean closed;

    /**
     * @param directory a directory of jars, or {@code null} for none
     * @param errors where an extension that cannot be used is reported
     */
    public Extensions(File directory, ErrorReporter errors) {
        this.directory = directory;
        this.errors = errors;
    }

    /**
     * Returns the implementations of a service. Loads their classes the first time; not for the start of a JVM.
     *
     * @param service an interface of the SPI
     * @param <T> its type
     * @return one object of each implementation, always the same one, in the order of the jars' names; none once closed
     */
    @SuppressWarnings("unchecked") // filled by find
    public <T> List<T> load(Class<T> service) {
        if (directory == null) {
            return Collections.emptyList();
        }
        loaded.putIfAbsent(service, new Implementations());
        Implementations of = loaded.get(service);
        synchronized (of) { // and nothing else: what hangs in the constructor of one must not hold up another
            if (of.found == null) {
                of.found = find(service);
            }
            return (List<T>) of.found;
        }
    }

    private <T> List<T> find(Class<T> service) {
        List<T> found = new ArrayList<T>();
        ClassLoader from = loader();
        if (from == null) {
            return found;
        }
        Iterator<T> services = ServiceLoader.load(service, from).iterator();
        // A ServiceLoader goes on behind a provider that failed, but its hasNext may fail as well: bounded.
        for (int failures = 0; failures < 100; ) {
            try {
                if (!services.hasNext()) {
                    break;
                }
                found.add(services.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                errors.report(
                        "extension " + e.getMessage(),
                        "an extension in " + directory + " cannot be used (" + e.getMessage() + "); it is left out");
            }
        }
        return found;
    }

    /** Returns the exemptions; one that throws exempts no request. */
    public List<Exemption> exemptions() {
        List<Exemption> guarded = new ArrayList<Exemption>();
        for (Exemption extension : load(Exemption.class)) {
            guarded.add(new GuardedExemption(extension, errors));
        }
        return guarded;
    }

    /** Closes extensions that can be closed, and their jars. Whoever still has one must not call it. */
    @Override
    public void close() {
        ClassLoader used;
        synchronized (this) {
            closed = true;
            used = loader;
        }
        for (Implementations of : loaded.values()) {
            List<?> found = of.found;
            for (Object extension : found == null ? Collections.emptyList() : found) {
                close(extension);
            }
        }
        close(used);
    }

    private void close(Object resource) {
        if (resource instanceof Closeable) {
            try {
                ((Closeable) resource).close();
            } catch (Throwable e) {
                String name = "extension " + resource.getClass().getName();
                errors.report(
                        name, name + " could not be closed (" + e.getClass().getName() + ")");
            }
        }
    }

    /** {@code null} once this is closed. */
    private synchronized ClassLoader loader() {
        if (closed) {
            return null;
        }
        if (loader == null) {
            loader = new URLClassLoader(jars(), new ApiOnly());
        }
        return loader;
    }

    private URL[] jars() {
        File[] files = directory.listFiles();
        if (files == null) {
            errors.report(
                    "setting extensions",
                    "setting \"extensions\" has the bad value \"" + directory
                            + "\" and is ignored; allowed: a directory of jars");
            return new URL[0];
        }
        Arrays.sort(files);
        List<URL> jars = new ArrayList<URL>();
        for (File file : files) {
            if (file.getName().endsWith(".jar")) {
                try {
                    jars.add(file.toURI().toURL());
                } catch (MalformedURLException e) {
                    errors.report("extension " + file, file + " cannot be used (" + e.getMessage() + ")");
                }
            }
        }
        return jars.toArray(new URL[0]);
    }

    /** Those of one service. */
    private static final class Implementations {
        private volatile List<?> found; // null until they are loaded
    }

    /** The parent of all extensions: the JDK, and of the agent the API only. */
    private static final class ApiOnly extends ClassLoader {

        ApiOnly() {
            super(PlatformLoader.get());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith(API)) {
                return Class.forName(name, false, Extensions.class.getClassLoader());
            }
            throw new ClassNotFoundException(name);
        }
    }
}
