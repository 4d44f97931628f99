package io.maintenanceagent.response;

import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The response settings of a policy and its rules, independent of the state. Immutable; safe for any thread. */
public final class Responses {

    private final List<ResponseSettings> settings;
    private final List<ResponseRenderer> renderers;
    private final ErrorReporter errors;

    private Responses(List<ResponseSettings> settings, List<ResponseRenderer> renderers, ErrorReporter errors) {
        this.settings = settings;
        this.renderers = renderers;
        this.errors = errors;
    }

    /**
     * Returns the settings without a policy.
     *
     * @param renderers asked for bodies first, in this order
     * @param errors where their exceptions are reported
     */
    public static Responses byDefault(List<ResponseRenderer> renderers, ErrorReporter errors) {
        return new Responses(Collections.singletonList(ResponseSettings.DEFAULT), renderers, errors);
    }

    /**
     * Parses the settings of a policy and its rules.
     *
     * @param policy the policy's {@code response}, or {@code null}
     * @param rules those of the rules that have one
     * @param files reads the files that they name
     * @param renderers asked for bodies first, in this order
     * @param errors where their exceptions are reported, and files that cannot be used
     * @throws MalformedContentException if one of them is not well-formed
     */
    public static Responses parse(
            JsonValue policy,
            List<JsonValue> rules,
            PolicyFiles files,
            List<ResponseRenderer> renderers,
            ErrorReporter errors)
            throws MalformedContentException {
        ResponseSettings base = policy == null
                ? ResponseSettings.DEFAULT
                : ResponseSettings.parse(policy, ResponseSettings.DEFAULT, files, errors);
        List<ResponseSettings> settings = new ArrayList<ResponseSettings>();
        settings.add(base);
        for (JsonValue rule : rules) {
            settings.add(ResponseSettings.parse(rule, base, files, errors));
        }
        return new Responses(settings, renderers, errors);
    }

    /**
     * Returns the responses to requests that a state refuses: the policy's first, then each rule's, in the order they
     * were given.
     *
     * @param state a state that refuses requests
     */
    public List<PreparedResponse> answersIn(State state) {
        List<PreparedResponse> answers = new ArrayList<PreparedResponse>(settings.size());
        for (ResponseSettings each : settings) {
            answers.add(PreparedResponse.of(state, each, renderers, errors));
        }
        return answers;
    }
}
