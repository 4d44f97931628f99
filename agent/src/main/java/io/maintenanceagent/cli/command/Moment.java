package io.maintenanceagent.cli.command;

import io.maintenanceagent.cli.terminal.Times;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time of an option: a duration from now, a time of day, or an instant. Immutable. */
final class Moment {

    static final String ALLOWED =
            "30m or 2h (from now), 22:00 (the next, by this machine's clock), or an ISO-8601 time with"
                    + " an offset like 2026-11-22T22:00Z";

    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2}))?");

    /** A year later the same time of day has come everywhere. */
    private static final int DAYS = 366;

    // One of them.
    private final Duration fromNow;
    private final LocalTime clock;
    private final Instant instant;

    private Moment(Duration fromNow, LocalTime clock, Instant instant) {
        this.fromNow = fromNow;
        this.clock = clock;
        this.instant = instant;
    }

    /**
     * Parses a time.
     *
     * @param text a time
     * @throws IllegalArgumentException if it is none, with what is allowed
     */
    static Moment parse(String text) {
        String given = text.trim();
        Duration duration = Times.durationOrNull(given);
        if (duration != null) {
            return new Moment(duration, null, null);
        }
        try {
            Matcher parts = CLOCK.matcher(given);
            if (parts.matches()) {
                return new Moment(null, clock(parts), null);
            }
            // In milliseconds, by which instants are compared: 292 million years either way.
            long millis = OffsetDateTime.parse(given).toInstant().toEpochMilli();
            return new Moment(null, null, Instant.ofEpochMilli(millis));
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("allowed: " + ALLOWED, e);
        }
    }

    private static LocalTime clock(Matcher parts) {
        int hour = Integer.parseInt(parts.group(1));
        int minute = Integer.parseInt(parts.group(2));
        int second = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
        boolean endOfDay = hour == 24 && minute == 0 && second == 0; // as ISO-8601 has it
        return endOfDay ? LocalTime.MIDNIGHT : LocalTime.of(hour, minute, second);
    }

    /**
     * Returns the instant.
     *
     * @param now what a duration counts from
     * @param after a time of day is the next one after this
     * @param zone where
     */
    Instant resolve(Instant now, Instant after, ZoneId zone) {
        if (instant != null) {
            return instant;
        }
        return fromNow != null
                ? now.plus(fromNow)
                : next(after, zone.getRules(), after.atZone(zone).toLocalDate());
    }

    private Instant next(Instant after, ZoneRules rules, LocalDate today) {
        for (int day = 0; day < DAYS; day++) {
            LocalDateTime local = today.plusDays(day).atTime(clock);
            for (ZoneOffset offset : rules.getValidOffsets(local)) { // two where clocks are turned back, earlier first
                Instant candidate = local.toInstant(offset);
                if (candidate.isAfter(after)) {
                    return candidate;
                }
            }
            ZoneOffsetTransition transition = rules.getTransition(local);
            if (transition != null
                    && transition.isGap()
                    && transition.getInstant().isAfter(after)) {
                return transition.getInstant(); // clocks are put forward over it
            }
        }
        throw new IllegalStateException("no " + clock + " after " + after);
    }
}
