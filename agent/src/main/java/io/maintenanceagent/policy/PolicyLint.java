package io.maintenanceagent.policy;

import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.match.PathPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds what is valid in a policy and probably not meant. For one thread. */
final class PolicyLint {

    /** A shorter secret could be guessed, at the rate at which a server answers. */
    static final int SHORT_SECRET = 16;

    /** A pattern that matches these matches everything. */
    private static final String[] ANY_PATHS = {"/q7", "/q7/x.y/z"};

    private final List<String> found = new ArrayList<String>();

    private PolicyLint() {}

    /**
     * Returns one line for each warning, with its JSON pointer and without secrets.
     *
     * @param policy a valid policy
     */
    static List<String> of(JsonValue policy) throws MalformedContentException {
        PolicyLint lint = new PolicyLint();
        lint.rules(policy.get("rules"));
        lint.exemptions(policy.get("exempt"));
        for (JsonValue proxy : all(policy.get("trustedProxies"))) {
            lint.add(isEverywhere(proxy), proxy, "trusts every address, so that anybody can claim to be anybody");
        }
        return lint.found;
    }

    private void rules(JsonValue rules) throws MalformedContentException {
        for (JsonValue rule : all(rules)) {
            for (JsonValue method : all(rule.get("method"))) {
                add(
                        !method.text().equals(method.text().toUpperCase(Locale.ROOT)),
                        method,
                        "is a method in lower case, which no client sends; methods are compared as they are sent");
            }
            JsonValue verdict = rule.get("maintenance");
            if (verdict == null || rule.get("path") == null || rule.members().size() > 2) {
                continue;
            }
            boolean off = verdict.text().equals("off");
            for (JsonValue path : all(rule.get("path"))) {
                add(
                        isEveryPath(path),
                        path,
                        off
                                ? "lets every request pass, so that there is never maintenance"
                                : "refuses every request, whatever the state says");
            }
        }
    }

    private void exemptions(JsonValue exempt) throws MalformedContentException {
        if (exempt == null) {
            return;
        }
        String everybody = "exempts every request, so that there is hardly ever maintenance";
        for (JsonValue path : all(exempt.get("paths"))) {
            add(isEveryPath(path), path, everybody);
        }
        for (JsonValue address : all(exempt.get("addresses"))) {
            add(isEverywhere(address), address, everybody);
        }
        for (JsonValue agent : all(exempt.get("userAgents"))) {
            add(agent.text().matches("\\*+"), agent, everybody);
        }
        if (exempt.get("headers") != null) {
            for (Map.Entry<String, JsonValue> header :
                    exempt.get("headers").members().entrySet()) {
                for (JsonValue value : all(header.getValue())) {
                    add(
                            value.text().length() < SHORT_SECRET,
                            value,
                            "is a header of less than " + SHORT_SECRET
                                    + " characters, which anybody can guess and send");
                }
            }
        }
    }

    private void add(boolean odd, JsonValue where, String what) {
        if (odd) {
            found.add(where.error(what).getMessage());
        }
    }

    private static boolean isEveryPath(JsonValue pattern) throws MalformedContentException {
        PathPattern path = PathPattern.parse(pattern.text());
        for (String any : ANY_PATHS) {
            if (!path.matches(any, false)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEverywhere(JsonValue network) throws MalformedContentException {
        return network.text().endsWith("/0");
    }

    private static List<JsonValue> all(JsonValue json) throws MalformedContentException {
        if (json == null || json.isNull()) {
            return Collections.emptyList();
        }
        return json.isArray() ? json.elements() : Collections.singletonList(json);
    }
}
