package io.maintenanceagent.instance;

/**
 * The system properties by which a process that may attach to this JVM sees its agent, without loading anything.
 * Applications print their properties, so they hold nothing secret.
 *
 * <p>Used in {@code premain}, so the JSON is written by hand. Safe for any thread.
 */
public final class AgentProperties {

    /**
     * Of the agent that is active, as JSON: {@code version}, {@code way}, {@code app}, {@code store}, {@code file}, ...
     */
    public static final String STATUS = "maintenance.agent";

    /** The outcome of the last attach or detach: a number that is never the same, an {@link Outcome}, and a clause. */
    public static final String ANSWER = "maintenance.agent.outcome";

    /** The agent's argument that takes it out again, in place of options. */
    public static final String DETACH = "detach";

    /** The agent's argument that ends the temporary override in that JVM, in place of options. */
    public static final String END_OVERRIDE = "end-override";

    /** The state of which nothing is known yet. */
    public static final String UNKNOWN = "unknown";

    /** The store's name if it is a file. */
    public static final String FILE = "file";

    /** The outcome of an attach or detach. */
    public enum Outcome {
        /** The agent is active from now on. */
        ATTACHED,
        /** It was active already. */
        ACTIVE,
        /** It was active already, with other options, which stay. */
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
     * Sets what {@link #show} tells of the store.
     *
     * @param app the name that this JVM reports under
     * @param store the store's name, without a password
     * @param file whether that is a file
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
        } catch (SecurityException ignored) {
            // as below
        }
    }

    /**
     * Shows the outcome of an attach or detach.
     *
     * @param outcome the outcome
     * @param text what to add, a clause
     */
    public static void answer(Outcome outcome, String text) {
        set(ANSWER, System.nanoTime() + " " + outcome + " " + text);
    }

    /** Sets a property; a security manager may forbid that, and the agent is active all the same. */
    private static void set(String name, String value) {
        try {
            System.setProperty(name, value);
        } catch (SecurityException ignored) {
            // the property stays unset
        }
    }
}
