package io.maintenanceagent.attach;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A directory like that of a process in {@code /proc}: a JVM of user 1000 that was started as {@code java Shop}. */
final class ProcessDirectory {

    static final String PID = "4711";

    private final Path directory;
    private final Map<String, String> status = new LinkedHashMap<>();

    ProcessDirectory(Path parent, String name) throws IOException {
        directory = Files.createDirectory(parent.resolve(name));
        Files.createDirectories(directory.resolve("root/tmp/hsperfdata_shop"));
        Files.createDirectory(directory.resolve("cwd"));
        Files.createSymbolicLink(directory.resolve("exe"), Path.of("/opt/jdk/bin/java"));
        write("environ", "");
        command("java", "Shop");
        maps("/opt/jdk/lib/server/libjvm.so");
        status("State", "S (sleeping)").status("Uid", "1000\t1000\t1000\t1000").status("NSpid", name);
        status("SigCgt", "2000000181005ccf").status("SigIgn", "0000000000000000");
    }

    ProcessFiles files() {
        return new ProcessFiles(directory);
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    ProcessDirectory status(String name, String value) throws IOException {
        status.put(name, value);
        StringBuilder lines = new StringBuilder();
        status.forEach(
                (key, text) -> lines.append(key).append(":\t").append(text).append('\n'));
        return write("status", lines.toString());
    }

    ProcessDirectory command(String... arguments) throws IOException {
        return write("cmdline", String.join("\0", arguments) + "\0");
    }

    ProcessDirectory environment(String variable, String value) throws IOException {
        return write("environ", "HOME=/srv\0" + variable + "=" + value + "\0");
    }

    ProcessDirectory maps(String... files) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String file : files) {
            lines.append("7f9d23afe000-7f9d23b06000 rw-s 00000000 fe:00 2154654                    ")
                    .append(file)
                    .append('\n');
        }
        return write("maps", lines.toString());
    }

    /** Writes performance data with the JVM's capabilities and its Java version. */
    ProcessDirectory performanceData(String capabilities, String javaVersion) throws IOException {
        String file = "/tmp/hsperfdata_shop/" + PID;
        Files.write(
                directory.resolve("root" + file),
                performanceData(
                        Map.of("sun.rt.jvmCapabilities", capabilities, "java.property.java.version", javaVersion)));
        return maps("/opt/jdk/lib/server/libjvm.so", file);
    }

    static byte[] performanceData(Map<String, String> texts) throws IOException {
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            byte[] name = (entry.getKey() + "\0").getBytes(StandardCharsets.UTF_8);
            byte[] value = (entry.getValue() + "\0").getBytes(StandardCharsets.UTF_8);
            int length = 20 + name.length + value.length;
            entries.write(little(20)
                    .putInt(length)
                    .putInt(20)
                    .putInt(value.length)
                    .put((byte) 'B')
                    .put(new byte[3])
                    .putInt(20 + name.length)
                    .array());
            entries.write(name);
            entries.write(value);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xc0, (byte) 0xc0, 1, 2, 0, 1});
        file.write(little(24)
                .putInt(32 + entries.size())
                .putInt(0)
                .putLong(0)
                .putInt(32)
                .putInt(texts.size())
                .array());
        entries.writeTo(file);
        return file.toByteArray();
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ProcessDirectory write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
        return this;
    }
}
