package io.maintenanceagent.instance;

/**
 * What others on this machine can see of the agent in this JVM, without loading anything into it: system properties,
 * which a JVM tells whoever may attach to it. Applications print theirs, so nothing secret is in them.
 *
 * <p>Used in {@code premain}, so the JSON is written by hand. Safe for any thread.
 */
public final class AgentProperties {

    /**
     * Of the agent that is active, as JSON: {@code version}, {@code way}, {@code app}, {@code store}, {@code file}, ...
     */
    public static final String STATUS = "maintenance.agent";

    /** What the last attach or detach came to: a number that is never the same, an {@link Outcome}, and a clause. */
    public static final String ANSWER = "maintenance.agent.answer";

    /** The agent's argument that takes it out again, in place of options. */
    public static final String DETACH = "detach";

    /** The agent's argument that ends the temporary override in that JVM, in place of options. */
    public static final String END_OVERRIDE = "end-override";

    /** The state of which nothing is known yet. */
    public static final String UNKNOWN = "unknown";

    /** What the store is called that is a file. */
    public static final String FILE = "file";

    /** What an attach or detach can come to. */
    public enum Outcome {
        /** The agent is active from now on. */
        ATTACHED,
        /** It was active already. */
        ACTIVE,
        /** It was active already, and other options hold. */
        OPTIONS_NOT_TAKEN,
        /** It has ended its temporary override, or had none. */
        OVERRIDE_ENDED,
        /** It is active no more. */
        DETACHED,
        /** Nothing has changed. */
        FAILED
    }

    private final String way;
    private String followed = "";
    private String shown;
    private boolean hidden;

    /** @param attached whether the agent came into a running JVM */
    public AgentProperties(boolean attached) {
        this.way = attached ? "attach" : "start";
    }

    /**
     * Has the next {@link #show} tell what the agent follows.
     *
     * @param app the name that this JVM reports under
     * @param store the store's name, without a password
     * @param file whether that is a file's
     */
    public synchronized void follows(String app, String store, boolean file) {
        followed = ",\"app\":" + quoted(app) + ",\"store\":" + quoted(file ? FILE : store)
                + (file ? ",\"file\":" + quoted(store) : "");
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /**
     * Shows that the agent is active, and how it is.
     *
     * @param state the state's word, or {@link #UNKNOWN}
     * @param wovenClasses how many classes are woven
     * @param unenforced why it is not known that requests are refused here, or {@code null}
     */
    public synchronized void show(String state, int wovenClasses, String unenforced) {
        String status = "{\"version\":\"" + InstanceIdentity.agentVersion() + "\",\"way\":\"" + way + "\"" + followed
                + ",\"state\":\"" + state + "\",\"woven\":" + wovenClasses
                + (unenforced == null ? "" : ",\"unenforced\":" + quoted(unenforced)) + "}";
        if (!hidden && !status.equals(shown)) {
            shown = status;
            set(STATUS, status);
        }
    }

    /** Shows that the agent is active no more. */
    public synchronized void hide() {
        shown = null;
        hidden = true; // a thread that hung may come back later
        try {
            System.clearProperty(STATUS);
        } catch (SecurityException hidden) {
            // as below
        }
    }

    /**
     * Answers whoever attached or detached.
     *
     * @param outcome what it came to
     * @param text what there is to say, a clause
     */
    public static void answer(Outcome outcome, String text) {
        set(ANSWER, System.nanoTime() + " " + outcome + " " + text);
    }

    /** Where a security manager hides properties, nobody sees any: the agent is active all the same. */
    private static void set(String name, String value) {
        try {
            System.setProperty(name, value);
        } catch (SecurityException hidden) {
            // nobody sees any
        }
    }
}
