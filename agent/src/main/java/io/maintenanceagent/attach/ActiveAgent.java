package io.maintenanceagent.attach;

import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.json.Json;
import io.maintenanceagent.json.JsonException;
import io.maintenanceagent.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The agent in a JVM, as that JVM tells of it. Immutable. */
public final class ActiveAgent {

    private final String version;
    private final String way;
    private final String state;
    private final int woven;

    private ActiveAgent(JsonValue status) throws JsonException {
        this.version = status.get("version").text();
        this.way = status.get("way").text();
        this.state = status.get("state").text();
        this.woven = status.get("woven").integer(0, Integer.MAX_VALUE);
    }

    /** The agent that these system properties tell of, or {@code null}: anybody can set a property. */
    static ActiveAgent in(Properties properties) {
        String status = properties.getProperty(AgentProperties.STATUS);
        try {
            return status == null ? null : new ActiveAgent(Json.parse(status.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonException | RuntimeException e) {
            return null;
        }
    }

    /** @return its version */
    public String version() {
        return version;
    }

    /** @return how it came: {@code start} or {@code attach} */
    public String way() {
        return way;
    }

    /** @return the word of the state that it enforces, or {@code unknown} for the first moments */
    public String state() {
        return state;
    }

    boolean isStateKnown() {
        return !state.equals(AgentProperties.UNKNOWN);
    }

    /** @return how many classes are woven */
    public int woven() {
        return woven;
    }
}
