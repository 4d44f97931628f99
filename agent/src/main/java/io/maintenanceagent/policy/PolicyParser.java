package io.maintenanceagent.policy;

import io.maintenanceagent.json.Json;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.match.HostPattern;
import io.maintenanceagent.match.Network;
import io.maintenanceagent.match.Networks;
import io.maintenanceagent.match.PathPattern;
import io.maintenanceagent.state.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parses a policy file. Unknown members are errors: a misspelt exemption would exempt nothing, and a misspelt rule
 * might let every request pass. Members that are {@code null} are ignored. For one thread.
 */
public final class PolicyParser {

    /** Reads secrets that are not in the policy file itself. */
    public interface Secrets {

        /**
         * Returns the content of a file.
         *
         * @param path as the policy has it
         * @throws IOException if it cannot be read; the message says why
         */
        byte[] file(String path) throws IOException;

        /**
         * Returns the value of an environment variable, or {@code null} if it is not set.
         *
         * @param name an environment variable
         */
        String environment(String name);
    }

    private final Secrets secrets;
    private final List<String> warnings = new ArrayList<String>();

    private PolicyParser(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Parses a policy.
     *
     * @param content a policy file's content
     * @param secrets reads secrets that are kept elsewhere
     * @throws MalformedContentException if it is none; the message says what is wrong, where, and what is allowed, and
     *     has no secret in it
     */
    public static Policy parse(byte[] content, Secrets secrets) throws MalformedContentException {
        return new PolicyParser(secrets).policy(Json.parse(content));
    }

    private Policy policy(JsonValue json) throws MalformedContentException {
        json.onlyMembers(
                "rules",
                "exempt",
                "trustedProxies",
                "bypass",
                "unmapped",
                "sessionCookies",
                "response",
                "work",
                "sockets",
                "grace");
        WorkPolicyParser work = new WorkPolicyParser(json);
        List<Rule> rules = new ArrayList<Rule>();
        List<Rule> withResponse = new ArrayList<Rule>();
        if (json.get("rules") != null) {
            for (JsonValue member : json.get("rules").elements()) {
                if (WorkPolicyParser.isWorkRule(member)) {
                    work.addRule(member);
                    continue;
                }
                Rule rule = rule(member);
                if (member.get("maintenance") != null) {
                    rules.add(rule);
                }
                if (rule.response != null) {
                    withResponse.add(rule);
                }
            }
        }
        Exemptions exemptions = exemptions(json.get("exempt"));
        Networks proxies = new Networks(networks(json.get("trustedProxies")));
        Bypass bypass =
                json.get("bypass") == null ? null : new BypassParser(secrets, warnings).parse(json.get("bypass"));
        boolean unmapped = unmapped(json.get("unmapped"));
        List<String> sessionCookies = sessionCookies(json.get("sessionCookies"));
        warnings.addAll(PolicyLint.of(json));
        return new Policy(
                rules,
                exemptions,
                proxies,
                bypass,
                unmapped,
                sessionCookies,
                json.get("response"),
                withResponse,
                work.parse(),
                warnings);
    }

    private static Rule rule(JsonValue json) throws MalformedContentException {
        json.onlyMembers(
                "path",
                "method",
                "servlet",
                "annotation",
                "hosts",
                "contexts",
                "schedule",
                "message",
                "jdbc",
                "mode",
                "maintenance",
                "response");
        JsonValue verdict = json.get("maintenance");
        if (verdict == null && json.get("response") == null) {
            throw json.error("has neither \"maintenance\" (\"on\" or \"off\") nor a \"response\"");
        }
        Rule rule = new Rule(json.pointer(), verdict != null && isFirst(verdict, "on", "off"));
        rule.response = json.get("response");
        for (JsonValue criterion : json.members().values()) {
            if (criterion.isArray() && criterion.elements().isEmpty()) {
                throw criterion.error("is an empty list, which nothing matches; leave it out to match all");
            }
        }
        rule.mode = mode(json.get("mode"));
        rule.paths = paths(json.get("path"));
        rule.methods = texts(json.get("method"));
        rule.servlets = texts(json.get("servlet"));
        rule.annotations = texts(json.get("annotation"));
        rule.hosts = hosts(json.get("hosts"));
        rule.contexts = contexts(json.get("contexts"));
        if (rule.paths.isEmpty()
                && rule.methods.isEmpty()
                && rule.servlets.isEmpty()
                && rule.annotations.isEmpty()
                && rule.hosts.isEmpty()
                && rule.contexts.isEmpty()) {
            throw json.error(
                    "is about nothing; allowed: at least one of path, method, servlet, annotation, hosts, contexts");
        }
        return rule;
    }

    private static Exemptions exemptions(JsonValue json) throws MalformedContentException {
        Exemptions exemptions = new Exemptions();
        if (json != null) {
            json.onlyMembers("presets", "paths", "addresses", "headers", "userAgents", "roles");
        }
        if (json == null || json.get("presets") == null) {
            for (Preset preset : Preset.values()) {
                exemptions.add(preset);
            }
        } else {
            for (JsonValue word : json.get("presets").elements()) {
                Preset preset = Preset.of(word.text());
                if (preset == null) {
                    throw word.wrong(Preset.WORDS);
                }
                exemptions.add(preset);
            }
        }
        if (json != null) {
            for (PathPattern path : paths(json.get("paths"))) {
                exemptions.addPath(path);
            }
            exemptions.setAddresses(networks(json.get("addresses")));
            headers(json.get("headers"), exemptions);
            for (String agent : texts(json.get("userAgents"))) {
                exemptions.addUserAgent(agent);
            }
            for (String role : texts(json.get("roles"))) {
                exemptions.addRole(role);
            }
        }
        return exemptions;
    }

    private static void headers(JsonValue json, Exemptions exemptions) throws MalformedContentException {
        if (json == null) {
            return;
        }
        if (!json.isObject()) {
            throw json.error("is not an object; allowed: headers by name"); // what it is may be a secret
        }
        for (Map.Entry<String, JsonValue> header : json.members().entrySet()) {
            JsonValue value = header.getValue();
            if (!isToken(header.getKey())) {
                throw value.error("is not the name of a header");
            }
            for (JsonValue one : value.isArray() ? value.elements() : Collections.singletonList(value)) {
                if (!one.isText() || one.text().isEmpty()) {
                    throw one.error(
                            "is not the value of a header; allowed: a text that is not empty, * for any characters");
                }
                if (!isHeaderValue(one.text())) {
                    throw one.error(
                            "is not the value of a header, which has no control characters, and no spaces around it");
                }
                exemptions.addHeader(header.getKey(), one.text());
            }
        }
    }

    /** Whether a client can send it (RFC 9110 section 5.5). */
    private static boolean isHeaderValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i)) && text.charAt(i) != '\t') {
                return false;
            }
        }
        return text.equals(text.trim());
    }

    private static boolean unmapped(JsonValue json) throws MalformedContentException {
        return json != null && isFirst(json, "application", "refuse");
    }

    private static List<String> sessionCookies(JsonValue json) throws MalformedContentException {
        if (json == null) {
            return Policy.SESSION_COOKIES;
        }
        List<String> names = new ArrayList<String>();
        for (JsonValue name : all(json)) {
            if (!isToken(name.text())) {
                throw name.wrong("the name of a cookie");
            }
            names.add(name.text());
        }
        return Collections.unmodifiableList(names);
    }

    /** Whether it can be the name of a header (RFC 9110, section 5.6.2) or of a cookie (RFC 6265, section 4.1.1). */
    private static boolean isToken(String text) {
        return text.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    }

    static Mode mode(JsonValue json) throws MalformedContentException {
        return json == null ? null : isFirst(json, "read-only", "full") ? Mode.READ_ONLY : Mode.FULL;
    }

    static boolean isFirst(JsonValue json, String first, String second) throws MalformedContentException {
        String allowed = "\"" + first + "\" or \"" + second + "\"";
        String word = json.isText() ? json.text() : "";
        if (!word.equals(first) && !word.equals(second)) {
            throw json.wrong(allowed);
        }
        return word.equals(first);
    }

    static List<JsonValue> all(JsonValue json) throws MalformedContentException {
        if (json == null) {
            return Collections.emptyList();
        }
        if (json.isText()) {
            return Collections.singletonList(json);
        }
        if (!json.isArray()) {
            throw json.wrong("a text in quotes, or a list of them");
        }
        return json.elements();
    }

    private static Set<String> texts(JsonValue json) throws MalformedContentException {
        Set<String> texts = new LinkedHashSet<String>();
        for (JsonValue element : all(json)) {
            if (element.text().isEmpty()) {
                throw element.wrong("a text that is not empty");
            }
            texts.add(element.text());
        }
        return texts;
    }

    private static List<PathPattern> paths(JsonValue json) throws MalformedContentException {
        List<PathPattern> patterns = new ArrayList<PathPattern>();
        for (JsonValue element : all(json)) {
            try {
                patterns.add(PathPattern.parse(element.text()));
            } catch (IllegalArgumentException e) {
                throw element.error(e.getMessage());
            }
        }
        return patterns;
    }

    private static List<HostPattern> hosts(JsonValue json) throws MalformedContentException {
        List<HostPattern> patterns = new ArrayList<HostPattern>();
        for (JsonValue element : all(json)) {
            try {
                patterns.add(HostPattern.parse(element.text()));
            } catch (IllegalArgumentException e) {
                throw element.error(e.getMessage());
            }
        }
        return patterns;
    }

    private static Set<String> contexts(JsonValue json) throws MalformedContentException {
        Set<String> contexts = new LinkedHashSet<String>();
        for (JsonValue element : all(json)) {
            String text = element.text();
            boolean root = text.isEmpty() || text.equals("/");
            if (!root && (!text.startsWith("/") || text.endsWith("/"))) {
                throw element.wrong("a context path; it begins with a slash and does not end with one");
            }
            contexts.add(root ? "" : text);
        }
        return contexts;
    }

    private static List<Network> networks(JsonValue json) throws MalformedContentException {
        List<Network> networks = new ArrayList<Network>();
        for (JsonValue element : all(json)) {
            try {
                networks.add(Network.parse(element.text()));
            } catch (IllegalArgumentException e) {
                throw element.error(e.getMessage());
            }
        }
        return networks;
    }
}
