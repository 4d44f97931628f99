package io.maintenanceagent.json;

/** Says why a state, a policy or other content is not well-formed: where, what was found, and what is allowed. */
public final class MalformedContentException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The longest message, in characters: quoted names and values can have any length. */
    private static final int LONGEST = 1000;

    /**
     * @param message one clause that reads well behind the name of a file; shortened in the middle if it is too long
     */
    public MalformedContentException(String message) {
        super(shortened(message));
    }

    /**
     * Returns a message of a bounded length.
     *
     * @param message any message
     * @return the same, without its middle if it is too long
     */
    public static String shortened(String message) {
        int half = LONGEST / 2;
        return message.length() <= LONGEST
                ? message
                : message.substring(0, half) + "…" + message.substring(message.length() - half + 1);
    }
}
