package io.maintenanceagent.policy;

import io.maintenanceagent.api.ForceMaintenanceOff;
import io.maintenanceagent.api.ForceMaintenanceOn;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.match.Networks;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** The content of a policy file, indexed for decisions. Immutable; safe for any thread. */
public final class Policy {

    /** The cookies of the Servlet specification, and of Spring Session. */
    static final List<String> SESSION_COOKIES = Collections.unmodifiableList(Arrays.asList("JSESSIONID", "SESSION"));

    /** The policy without a policy file: the presets. */
    public static final Policy DEFAULT = byDefault();

    private static final List<Rule> ANNOTATED =
            Arrays.asList(annotated(ForceMaintenanceOn.class, true), annotated(ForceMaintenanceOff.class, false));

    private final Collection<Rule> rules;
    final RuleIndex on;
    final RuleIndex off;
    final Exemptions exemptions;
    private final Networks trustedProxies;
    final ClientAddress addresses;
    final Bypass bypass;
    final boolean unmappedToApplication;
    final List<String> sessionCookies;
    private final JsonValue response;
    private final List<Rule> withResponse;
    private final WorkPolicy work; // null for the default, which few need
    private final List<String> warnings;

    Policy(
            Collection<Rule> rules,
            Exemptions exemptions,
            Networks trustedProxies,
            Bypass bypass,
            boolean unmappedToApplication,
            List<String> sessionCookies,
            JsonValue response,
            List<Rule> withResponse,
            WorkPolicy work,
            List<String> warnings) {
        this.rules = rules;
        this.on = new RuleIndex(rules, true);
        this.off = new RuleIndex(rules, false);
        this.exemptions = exemptions;
        this.trustedProxies = trustedProxies;
        this.addresses = new ClientAddress(trustedProxies);
        this.bypass = bypass;
        this.unmappedToApplication = unmappedToApplication;
        this.sessionCookies = sessionCookies;
        this.response = response;
        this.withResponse = withResponse;
        this.work = work;
        this.warnings = Collections.unmodifiableList(new ArrayList<String>(warnings));
    }

    private static Policy byDefault() {
        Exemptions presets = new Exemptions();
        for (Preset preset : Preset.values()) {
            presets.add(preset);
        }
        return new Policy(
                Collections.<Rule>emptyList(),
                presets,
                Networks.NONE,
                null,
                false,
                SESSION_COOKIES,
                null,
                Collections.<Rule>emptyList(),
                null,
                Collections.<String>emptyList());
    }

    private static Rule annotated(Class<? extends Annotation> annotation, boolean on) {
        Rule rule = new Rule("@" + annotation.getSimpleName(), on);
        rule.annotations = Collections.singleton(annotation.getName());
        return rule;
    }

    /**
     * Returns this policy with a rule for each of the agent's own annotations. Used only where servlets have them,
     * since looking for them takes time, also while the state is off.
     */
    public Policy withAnnotations() {
        List<Rule> all = new ArrayList<Rule>(rules);
        all.addAll(ANNOTATED);
        return new Policy(
                all,
                exemptions,
                trustedProxies,
                bypass,
                unmappedToApplication,
                sessionCookies,
                response,
                withResponse,
                work,
                warnings);
    }

    /** Returns whether a rule forces maintenance on, so that requests may be refused while the state is off. */
    public boolean forcesOn() {
        return !on.isEmpty();
    }

    /** Returns what it says about work that is no request. */
    public WorkPolicy work() {
        return work == null ? WorkPolicy.DEFAULT : work;
    }

    /** Returns whether a rule may stop work that is no request while the state is off. */
    public boolean forcesWorkOn() {
        return work != null && work.forcesOn();
    }

    /** Returns the member {@code response} as it was read, or {@code null} if there is none. */
    public JsonValue response() {
        return response;
    }

    /** Returns the members {@code response} of those rules that have one, in their order. */
    public List<JsonValue> ruleResponses() {
        List<JsonValue> responses = new ArrayList<JsonValue>();
        for (Rule rule : withResponse) {
            responses.add(rule.response);
        }
        return responses;
    }

    /** See {@link Refusal#responseRule}. */
    int responseRule(RequestFacts facts) {
        for (int i = 0; i < withResponse.size(); i++) {
            if (withResponse.get(i).isAbout(facts)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns whether roles exempt users, so that filters of the application run until one has found the user. */
    public boolean exemptsRoles() {
        return exemptions.asksForUser();
    }

    /** Returns whether a rule is about servlets, by class or annotation. */
    public boolean asksForServlets() {
        return on.asksForServlet() || off.asksForServlet();
    }

    /** Returns the warnings of the policy lint, one line each, without secrets. */
    public List<String> warnings() {
        return warnings;
    }
}
