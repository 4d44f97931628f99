package io.maintenanceagent.tests.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * A request of {@code src/requests/confusing.txt}, which says what a line means. It is sent as it is, byte by byte.
 *
 * @param section the heading above it
 * @param line its line
 */
public record ConfusingRequest(String section, String line) {

    private static final int TIMEOUT_MILLIS = 3000;
    private static final int ENOUGH = 4096;

    /** All of them, in their order. */
    public static List<ConfusingRequest> all() {
        List<ConfusingRequest> all = new ArrayList<>();
        String section = "";
        try {
            for (String line : Files.readAllLines(Project.sources("requests").resolve("confusing.txt"))) {
                if (line.startsWith("[")) {
                    section = line.substring(1, line.length() - 1);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    all.add(new ConfusingRequest(section, line));
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends it on a connection of its own.
     *
     * @return the beginning of what came back; empty if nothing did, for a while
     */
    public String send(int port) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(bytes());
            InputStream in = socket.getInputStream();
            for (int b = in.read(); b >= 0 && answer.size() < ENOUGH; b = in.read()) {
                answer.write(b);
            }
        } catch (IOException ended) {
            // a server may want nothing to do with it
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private byte[] bytes() {
        String[] parts = line.split(" \\| ", -1);
        StringBuilder text = new StringBuilder(parts[0]);
        text.append(parts[0].matches(".*\\s(?i:http)/\\d.*") ? "\r\n" : " HTTP/1.1\r\n");
        boolean host = false;
        boolean connection = false;
        for (int i = 1; i < parts.length; i++) {
            host |= parts[i].matches("-?(?i:host)\\s*(:.*)?");
            connection |= parts[i].startsWith("Connection:");
            text.append(parts[i].equals("-Host") ? "" : parts[i] + "\r\n");
        }
        text.append(host ? "" : "Host: localhost\r\n").append(connection ? "\r\n" : "Connection: close\r\n\r\n");
        return unescaped(text.toString());
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                bytes.write(c);
                continue;
            }
            char escape = text.charAt(++i);
            switch (escape) {
                case 'x' -> {
                    bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                case 't' -> bytes.write('\t');
                case 'r' -> bytes.write('\r');
                case 'n' -> bytes.write('\n');
                case '\\' -> bytes.write('\\');
                default -> throw new IllegalArgumentException("No escape in \"" + text + "\": " + escape);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return "[" + section + "] " + line;
    }
}
