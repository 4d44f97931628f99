package io.maintenanceagent.jvm;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The TCP ports that this process listens on, from Linux's {@code /proc} (proc(5)): the tables of the whole network
 * namespace, of which only the sockets count that this process has open.
 */
public final class ListeningPorts {

    private static final String[] TABLES = {"/proc/self/net/tcp", "/proc/self/net/tcp6"};
    private static final String LISTEN = "0A";

    private ListeningPorts() {}

    /** Returns the ports in ascending order; none where there is no such {@code /proc}, or it may not be read. */
    public static Set<Integer> find() {
        Set<Integer> ports = new TreeSet<Integer>();
        try {
            Set<String> own = sockets();
            for (String table : TABLES) {
                add(table, own, ports);
            }
        } catch (IOException | SecurityException ignored) {
            // the system does not tell
            ports.clear();
        }
        return ports;
    }

    /** What the links of open sockets say: {@code socket:[INODE]}. */
    private static Set<String> sockets() {
        Set<String> sockets = new HashSet<String>();
        File[] descriptors = new File("/proc/self/fd").listFiles();
        for (File descriptor : descriptors == null ? new File[0] : descriptors) {
            try {
                sockets.add(Files.readSymbolicLink(descriptor.toPath()).toString());
            } catch (IOException ignored) {
                // not a socket that listens
            }
        }
        return sockets;
    }

    /**
     * Columns: number, local address and port in hexadecimal digits, remote ones, state, and as the tenth the inode.
     */
    private static void add(String table, Set<String> own, Set<Integer> ports) throws IOException {
        if (!new File(table).exists()) {
            return; // a kernel without IPv6
        }
        try (BufferedReader in = new BufferedReader(new FileReader(table))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] columns = line.trim().split(" +");
                if (columns.length > 9 && columns[3].equals(LISTEN) && own.contains("socket:[" + columns[9] + "]")) {
                    String address = columns[1];
                    ports.add(Integer.parseInt(address.substring(address.indexOf(':') + 1), 16));
                }
            }
        }
    }
}
