package io.maintenanceagent.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A share in whole percent, as an option has it. Immutable. */
final class Percent {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,3}) ?%?");
    private static final int ALL = 100;

    private final int value;

    private Percent(int value) {
        this.value = value;
    }

    /**
     * Parses {@code 10%} or {@code 10}.
     *
     * @throws IllegalArgumentException if it is none, with what is allowed
     */
    static Percent parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim());
        int value = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
        if (value < 0 || value > ALL) {
            throw new IllegalArgumentException("allowed: a whole number of percent, 0% to 100%");
        }
        return new Percent(value);
    }

    int value() {
        return value;
    }
}
