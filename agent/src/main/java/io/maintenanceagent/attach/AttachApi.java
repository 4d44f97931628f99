package io.maintenanceagent.attach;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * The attach API of this JDK: that of a module, or in Java 8 that of {@code tools.jar}. Found once, since only one
 * class loader can load its native library.
 */
final class AttachApi {

    /** Beyond every time limit here: see {@link AttachTarget}. */
    private static final int TIMEOUT_SECONDS = 200;

    private static final String TIMEOUT = "sun.tools.attach.attachTimeout";
    private static final String[] TOOLS = {"../lib/tools.jar", "lib/tools.jar"};
    private static final String[] NAMES = {"com.sun.tools.attach.VirtualMachine", "com.ibm.tools.attach.VirtualMachine"
    };
    private static final Class<?> VIRTUAL_MACHINE = find();

    private AttachApi() {}

    /**
     * Returns the API's {@code VirtualMachine}.
     *
     * @throws AttachException if this Java has none
     */
    static Class<?> virtualMachine() throws AttachException {
        if (VIRTUAL_MACHINE == null) {
            throw new AttachException(
                    "cannot be asked by the Java at " + System.getProperty("java.home")
                            + ", which has no module jdk.attach",
                    "run this command with a JDK's java");
        }
        return VIRTUAL_MACHINE;
    }

    private static Class<?> find() {
        System.setProperty(TIMEOUT, Integer.toString(TIMEOUT_SECONDS * 1000));
        Class<?> found = find(ClassLoader.getSystemClassLoader());
        for (int i = 0; i < TOOLS.length && found == null; i++) {
            File tools = new File(System.getProperty("java.home"), TOOLS[i]);
            if (tools.isFile()) {
                found = find(loader(tools));
            }
        }
        return found;
    }

    private static Class<?> find(ClassLoader loader) {
        for (String name : NAMES) {
            try {
                return Class.forName(name, false, loader);
            } catch (ClassNotFoundException | LinkageError ignored) {
                // the next one
            }
        }
        return null;
    }

    /** Never closed: the API loads further classes later. */
    private static ClassLoader loader(File jar) {
        try {
            return new URLClassLoader(new URL[] {jar.toURI().toURL()});
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
