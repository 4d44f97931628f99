package io.maintenanceagent.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collection;

/** Writes a state as the JSON object that {@link StateParser} reads. Stateless; safe for any thread. */
public final class StateWriter {

    private StateWriter() {}

    /**
     * Returns a state as one JSON object on one line; members that are not given are left out.
     *
     * @param state a state
     */
    public static String toJson(State state) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            write(state, json);
        } catch (IOException e) {
            throw new IllegalStateException(e); // a string takes everything
        }
        return text.toString();
    }

    /**
     * @param state a state
     * @param json where it is written, as one object
     * @throws IOException if {@code json} cannot be written to
     */
    public static void write(State state, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("enabled", state.enabled());
        text(json, "message", state.message());
        if (state.retryAfter() != null) {
            json.writeNumberField("retryAfter", state.retryAfter());
        }
        text(json, "from", state.from());
        text(json, "until", state.until());
        Scope scope = state.scope();
        if (scope.readOnly()) {
            json.writeStringField("mode", "read-only");
        }
        texts(json, "paths", scope.paths());
        texts(json, "hosts", scope.hosts());
        texts(json, "contexts", scope.contexts());
        text(json, "by", state.by());
        text(json, "reason", state.reason());
        hold(json, state.hold());
        admit(json, state.admit());
        json.writeEndObject();
    }

    private static void hold(JsonGenerator json, Hold hold) throws IOException {
        if (hold != null) {
            json.writeObjectFieldStart("hold");
            json.writeNumberField("seconds", hold.seconds());
            json.writeNumberField("requests", hold.requests());
            json.writeEndObject();
        }
    }

    private static void admit(JsonGenerator json, Admit admit) throws IOException {
        if (admit != null) {
            json.writeObjectFieldStart("admit");
            if (admit.ramp()) {
                json.writeBooleanField("ramp", true);
                if (admit.percent() > 0) {
                    json.writeNumberField("start", admit.percent());
                }
            } else {
                json.writeNumberField("percent", admit.percent());
            }
            text(json, "salt", admit.salt());
            json.writeEndObject();
        }
    }

    private static void text(JsonGenerator json, String name, Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    private static void texts(JsonGenerator json, String name, Collection<?> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (Object value : values) {
                json.writeString(value.toString());
            }
            json.writeEndArray();
        }
    }
}
