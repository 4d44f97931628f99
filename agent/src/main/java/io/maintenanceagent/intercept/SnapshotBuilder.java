package io.maintenanceagent.intercept;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.policy.TemporaryOverride;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.response.Responses;
import io.maintenanceagent.state.EffectiveState;
import java.util.Collections;
import java.util.List;

/**
 * Makes the {@link EnforcementSnapshot} of what it was given last: state, policy, extensions, responses. Guarded by the
 * {@link Enforcement} that it belongs to.
 */
final class SnapshotBuilder {

    private final TemporaryOverride override;
    private final ErrorReporter errors;
    private final EnforcementSnapshot.ResponsesSource responsesSource = new ResponsesInForce();
    private final CurrentMaintenance maintenance = new CurrentMaintenance();

    private EffectiveState state; // null until one is known
    private Policy policy; // null for the default one
    private List<Exemption> extensions = Collections.emptyList();
    private Responses responses; // null for the default, which nobody needs while nothing is refused

    /**
     * @param override how code in this JVM asks for maintenance
     * @param errors where faults of the snapshots are reported
     */
    SnapshotBuilder(TemporaryOverride override, ErrorReporter errors) {
        this.override = override;
        this.errors = errors;
    }

    /** Forgets all that it was given. */
    void clear() {
        state = null;
        maintenance.ends();
        policy = null;
        extensions = Collections.emptyList();
        responses = null;
    }

    void state(EffectiveState next, long nowMillis) {
        maintenance.becomes(next.state(), nowMillis);
        state = next;
    }

    void policy(Policy next, List<Exemption> exemptions, Responses answers) {
        policy = next;
        extensions = exemptions;
        responses = answers;
    }

    /** Returns the state that it was given last; {@code null} while none is known. */
    EffectiveState state() {
        return state;
    }

    /**
     * Makes a snapshot; a state must be known.
     *
     * @param annotated whether there are classes with an annotation that forces maintenance on or off
     */
    EnforcementSnapshot build(boolean annotated) {
        Policy whole = annotated ? (policy == null ? Policy.DEFAULT : policy).withAnnotations() : policy;
        return new EnforcementSnapshot(
                state,
                maintenance.window(),
                maintenance.beganMillis(),
                whole,
                annotated,
                extensions,
                override,
                responsesSource,
                errors);
    }

    private final class ResponsesInForce implements EnforcementSnapshot.ResponsesSource {
        @Override
        public Responses get() {
            if (responses == null) {
                responses = new DefaultResponses(errors).get();
            }
            return responses;
        }
    }

    /** The responses without a policy. */
    static final class DefaultResponses implements EnforcementSnapshot.ResponsesSource {
        private final ErrorReporter errors;

        DefaultResponses(ErrorReporter errors) {
            this.errors = errors;
        }

        @Override
        public Responses get() {
            return Responses.byDefault(Collections.<ResponseRenderer>emptyList(), errors);
        }
    }
}
