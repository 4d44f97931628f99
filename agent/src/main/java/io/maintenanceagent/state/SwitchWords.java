package io.maintenanceagent.state;

import java.util.Locale;

/** The words of a state, the same as fastapi-maintenance's, so that a mixed fleet can share one switch. */
public final class SwitchWords {

    /** The words, as an error message names them. */
    public static final String ALLOWED = "1 on t true y yes, or 0 off f false n no";

    private SwitchWords() {}

    /**
     * Returns what the word says, or {@code null} if it is none of the words.
     *
     * @param text any text; case and surrounding white space do not matter
     */
    public static Boolean parse(String text) {
        switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "1":
            case "on":
            case "t":
            case "true":
            case "y":
            case "yes":
                return Boolean.TRUE;
            case "0":
            case "off":
            case "f":
            case "false":
            case "n":
            case "no":
                return Boolean.FALSE;
            default:
                return null;
        }
    }
}
