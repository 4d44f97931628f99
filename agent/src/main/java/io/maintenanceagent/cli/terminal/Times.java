package io.maintenanceagent.cli.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations, and formats times and durations for people. Stateless. */
public final class Times {

    public static final String DURATIONS = "a duration like 90s, 30m, 2h or 1h30m";

    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,7})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private Times() {}

    /**
     * Parses a duration, longer than 0.
     *
     * @param text a duration
     * @throws IllegalArgumentException if it is none, with what is allowed
     */
    public static Duration duration(String text) {
        Duration duration = durationOrNull(text);
        if (duration == null || duration.isZero()) {
            throw new IllegalArgumentException("allowed: " + DURATIONS);
        }
        return duration;
    }

    public static Duration durationOrNull(String text) {
        Matcher parts = DURATION.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (text.trim().isEmpty() || !parts.matches()) {
            return null;
        }
        return Duration.ofDays(number(parts.group(1)))
                .plusHours(number(parts.group(2)))
                .plusMinutes(number(parts.group(3)))
                .plusSeconds(number(parts.group(4)));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** By this machine's clock, with how far it is: {@code 2026-11-22 22:00:00 +01:00 (in 30 min)}. */
    public static String shown(Instant instant, Instant now) {
        String far = span(Duration.between(now, instant).abs());
        return local(instant) + (instant.isAfter(now) ? " (in " + far + ")" : " (" + far + " ago)");
    }

    private static String local(Instant instant) {
        try {
            return SHOWN.format(instant.atZone(ZoneId.systemDefault()));
        } catch (DateTimeException ignored) {
            // the time is too far away
            return instant.toString();
        }
    }

    /** To the nearest second or minute: {@code 42 s}, {@code 12 min}, {@code 3 h 20 min}, {@code 5 d 4 h}. */
    public static String span(Duration duration) {
        long seconds = (duration.toMillis() + 500) / 1000;
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = (seconds + 30) / 60;
        if (minutes < 120) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 48 ? hours + " h " + minutes % 60 + " min" : hours / 24 + " d " + hours % 24 + " h";
    }
}
