package io.maintenanceagent.attach;

import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.json.Json;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The agent in another JVM, by that JVM's system properties. Immutable. */
public final class ActiveAgent {

    private final String version;
    private final String way;
    private final String app;
    private final String store;
    private final String file;
    private final String state;
    private final int woven;
    private final String unenforced;

    private ActiveAgent(JsonValue status) throws MalformedContentException {
        this.version = status.get("version").text();
        this.way = status.get("way").text();
        this.app = optional(status, "app");
        this.store = optional(status, "store");
        this.file = optional(status, "file");
        this.state = status.get("state").text();
        this.woven = status.get("woven").integer(0, Integer.MAX_VALUE);
        this.unenforced = status.get("unenforced") == null
                ? null
                : status.get("unenforced").text();
    }

    /** Reads a member that older agents leave out, and newer ones until their first reading. */
    private static String optional(JsonValue status, String member) throws MalformedContentException {
        JsonValue value = status.get(member);
        return value == null ? null : value.text();
    }

    /**
     * Returns the agent that system properties describe, or {@code null} if they describe none: any code can set a
     * property.
     */
    static ActiveAgent in(Properties properties) {
        String status = properties.getProperty(AgentProperties.STATUS);
        try {
            return status == null ? null : new ActiveAgent(Json.parse(status.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedContentException | RuntimeException e) {
            return null;
        }
    }

    /** Returns its version. */
    public String version() {
        return version;
    }

    /** Returns how the agent was loaded: {@code start} or {@code attach}. */
    public String way() {
        return way;
    }

    /** Returns the name that its JVM reports under, or {@code null} if it has not told. */
    public String app() {
        return app;
    }

    /** Returns the store that it follows: {@code file}, or a URI without a password; {@code null} if not told. */
    public String store() {
        return store;
    }

    /** Returns the state file that it follows, or {@code null} if it follows none, or has not told. */
    public String file() {
        return file;
    }

    /** Returns the word of the state that it enforces, or {@code unknown} for the first moments. */
    public String state() {
        return state;
    }

    boolean isStateKnown() {
        return !state.equals(AgentProperties.UNKNOWN);
    }

    /** Returns how many classes are woven. */
    public int woven() {
        return woven;
    }

    /** Returns why it is not known that requests are refused there, a clause; {@code null} if it is known. */
    public String unenforced() {
        return unenforced;
    }
}
