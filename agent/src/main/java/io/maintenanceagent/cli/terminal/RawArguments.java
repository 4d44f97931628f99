package io.maintenanceagent.cli.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * This process's arguments as the kernel has them. A JVM decodes them by the locale, and in the POSIX locale, which
 * containers, cron and systemd start with, it garbles all that is not ASCII. Immutable.
 */
public final class RawArguments {

    private static final char UNDECODED = '\uFFFD';

    private final List<byte[]> raw;
    private final Charset charset;

    /**
     * @param commandLine all arguments of the process, each followed by a zero byte; empty if unknown
     * @param charset what the JVM decodes them by
     */
    public RawArguments(byte[] commandLine, Charset charset) {
        this.raw = split(commandLine);
        this.charset = charset;
    }

    public static RawArguments ofProcess() {
        byte[] commandLine = new byte[0];
        try {
            commandLine = Files.readAllBytes(Paths.get("/proc/self/cmdline"));
        } catch (IOException | RuntimeException ignored) {
            // then only the JVM's decoding is left
        }
        return new RawArguments(commandLine, ofJvm());
    }

    /** Returns the charset of this JVM for arguments, file names and the arguments of commands. */
    public static Charset ofJvm() {
        String name = System.getProperty("sun.jnu.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    private static List<byte[]> split(byte[] commandLine) {
        List<byte[]> parts = new ArrayList<byte[]>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                parts.add(Arrays.copyOfRange(commandLine, start, i));
                start = i + 1;
            }
        }
        return parts;
    }

    /**
     * Returns the arguments; decodes as UTF-8 what the JVM could not decode.
     *
     * @param decoded the last arguments of the process, as the JVM has decoded them
     * @throws UsageException if that is impossible, since it is no UTF-8, or the kernel's bytes are not known
     */
    public String[] restore(String[] decoded) throws UsageException {
        String[] restored = decoded.clone();
        for (int i = 0; i < decoded.length; i++) {
            int index = raw.size() - decoded.length + i;
            byte[] bytes = index < 0 ? null : raw.get(index);
            if (isGarbled(decoded[i], bytes)) {
                restored[i] = text(bytes, i + 1);
            }
        }
        return restored;
    }

    private boolean isGarbled(String decoded, byte[] bytes) {
        if (decoded.indexOf(UNDECODED) >= 0) {
            return true;
        }
        // Java 8 makes question marks of it.
        boolean asciiOnly = charset.equals(StandardCharsets.US_ASCII);
        return asciiOnly && bytes != null && bytes.length == decoded.length() && !isAscii(bytes);
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private String text(byte[] bytes, int position) throws UsageException {
        try {
            if (bytes != null && !isAscii(bytes)) {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        } catch (CharacterCodingException ignored) {
            throw new UsageException("argument " + position + " (\""
                    + new String(bytes, StandardCharsets.UTF_8) + "\") is no UTF-8; type it in UTF-8, or set LC_ALL to"
                    + " the locale that it is typed in");
        }
        throw new UsageException("argument " + position + " cannot be decoded, since Java takes this locale for "
                + charset + "; set LC_ALL=C.UTF-8");
    }
}
