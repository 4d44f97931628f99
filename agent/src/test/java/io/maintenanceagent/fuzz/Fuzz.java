package io.maintenanceagent.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Mutated inputs for a target that accepts any: seeds with a few bytes changed, cut, doubled or taken from other seeds.
 * The same inputs in each run.
 *
 * <p>System properties: {@code fuzz.inputs} for each target, and {@code fuzz.seconds}, after which it ends; both are
 * small by default. With {@code fuzz.report} a line of Markdown goes to that file.
 */
public final class Fuzz {

    /** Far beyond what an input of this size may take, for busy machines. */
    private static final long LIMIT_NANOS = 5_000_000_000L;

    private static final int LONGEST = 20_000;

    private static final byte[][] SPICE = bytes(
            "%2e%2e/",
            "%00",
            "\0",
            "//",
            ";",
            ",",
            "=",
            "\"",
            "\\",
            "{",
            "[",
            "]",
            "}",
            "*",
            "**",
            "regex:",
            "(a+)+$",
            "%",
            "\u00e4",
            "\ud83d\ude00",
            "\u212a",
            "xn--",
            ":",
            "::1",
            "[::ffff:10.0.0.1]",
            "for=",
            "q=0.5",
            "\r\n",
            "\t",
            " ",
            "-1",
            "1e999",
            "9223372036854775808",
            "true",
            "null",
            "/*",
            "//x\n",
            "--",
            "@",
            "$",
            "\uFEFF");

    /** Takes an input. */
    public interface Target {

        /**
         * @param input any bytes
         * @throws Exception if it fails on the input, which is a bug
         */
        void take(byte[] input) throws Exception;
    }

    private Fuzz() {}

    /**
     * Runs a target on its inputs.
     *
     * @param name the target's name in the report
     * @throws AssertionError with the input, if the target throws or takes too long
     */
    public static void run(String name, Target target, String... seeds) {
        int wanted = Integer.getInteger("fuzz.inputs", 20_000);
        long limit = Long.getLong("fuzz.seconds", 1) * 1_000_000_000L;
        byte[][] all = bytes(seeds);
        Random random = new Random(42);
        long begun = System.nanoTime();
        long slowest = 0;
        int tried = 0;
        for (byte[] seed : all) {
            take(target, seed);
        }
        while (tried < wanted && System.nanoTime() - begun < limit) {
            long before = System.nanoTime();
            take(target, mutated(all, random));
            slowest = Math.max(slowest, System.nanoTime() - before);
            tried++;
        }
        report(name, tried, System.nanoTime() - begun, slowest);
    }

    private static void take(Target target, byte[] input) {
        long begun = System.nanoTime();
        try {
            target.take(input);
        } catch (Throwable e) {
            throw new AssertionError("throws for " + shown(input), e);
        }
        assertTrue(System.nanoTime() - begun < LIMIT_NANOS, () -> "takes too long for " + shown(input));
    }

    private static byte[] mutated(byte[][] seeds, Random random) {
        byte[] content = seeds[random.nextInt(seeds.length)];
        for (int changes = random.nextInt(6); changes >= 0; changes--) {
            int at = random.nextInt(content.length + 1);
            switch (random.nextInt(7)) {
                case 0 -> content = spliced(content, at, at, SPICE[random.nextInt(SPICE.length)]);
                case 1 -> content = spliced(content, at, end(content, at, random), new byte[0]);
                case 2 -> {
                    byte[] other = seeds[random.nextInt(seeds.length)];
                    int from = random.nextInt(other.length + 1);
                    content = spliced(content, at, at, Arrays.copyOfRange(other, from, end(other, from, random)));
                }
                case 3 -> content = spliced(content, at, at, repeated(content, at, random));
                default -> {
                    if (at < content.length) {
                        byte with = random.nextBoolean()
                                ? (byte) random.nextInt()
                                : content[random.nextInt(content.length)];
                        content = spliced(content, at, at + 1, new byte[] {with});
                    }
                }
            }
        }
        return content;
    }

    private static byte[] repeated(byte[] content, int at, Random random) {
        byte[] part = Arrays.copyOfRange(content, at, Math.min(end(content, at, random), at + 8));
        int times = random.nextInt(50) == 0 ? 1000 : random.nextInt(4);
        byte[] all = new byte[part.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = part[i % part.length];
        }
        return all;
    }

    private static int end(byte[] content, int begin, Random random) {
        return begin + random.nextInt(Math.min(content.length - begin, 64) + 1);
    }

    private static byte[] spliced(byte[] content, int from, int to, byte[] by) {
        if (content.length - (to - from) + by.length > LONGEST) {
            return content;
        }
        byte[] spliced = Arrays.copyOf(content, content.length - (to - from) + by.length);
        System.arraycopy(by, 0, spliced, from, by.length);
        System.arraycopy(content, to, spliced, from + by.length, content.length - to);
        return spliced;
    }

    private static byte[][] bytes(String... texts) {
        List<byte[]> all = new ArrayList<>();
        for (String text : texts) {
            all.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return all.toArray(new byte[0][]);
    }

    /** As a Java literal, so that it can become a seed. */
    private static String shown(byte[] input) {
        StringBuilder shown = new StringBuilder("\"");
        for (char c : new String(input, StandardCharsets.ISO_8859_1).toCharArray()) {
            shown.append(
                    c >= ' ' && c < 127 && c != '"' && c != '\\'
                            ? String.valueOf(c)
                            : String.format("\\u%04x", (int) c));
        }
        return shown.append("\" (ISO-8859-1)").toString();
    }

    private static void report(String name, int tried, long nanos, long slowest) {
        String file = System.getProperty("fuzz.report", "");
        if (file.isEmpty()) {
            return;
        }
        String row =
                String.format(Locale.ROOT, "| %s | %,d | %.0f | %.0f |\n", name, tried, nanos / 1e9, slowest / 1e6);
        try {
            Files.writeString(Path.of(file), row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
