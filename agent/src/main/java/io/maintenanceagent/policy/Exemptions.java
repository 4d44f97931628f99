package io.maintenanceagent.policy;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.match.Glob;
import io.maintenanceagent.match.GlobIndex;
import io.maintenanceagent.match.Network;
import io.maintenanceagent.match.Networks;
import io.maintenanceagent.match.PathIndex;
import io.maintenanceagent.match.PathPattern;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The exemptions of a policy, but for the bypass. Safe for any thread once filled. */
final class Exemptions {

    /** No lambda: made while the application starts. */
    private static final Predicate<Object> ANY = new Predicate<Object>() {
        @Override
        public boolean test(Object value) {
            return true;
        }
    };

    private final Set<Preset> presets = EnumSet.noneOf(Preset.class);
    private final PathIndex<String> paths = new PathIndex<String>(false);
    private final List<Header> headers = new ArrayList<Header>();
    private final GlobIndex<String> userAgents = new GlobIndex<String>();
    private final List<String> roles = new ArrayList<String>();
    private Networks addresses = Networks.NONE;
    private boolean anyUserAgent;

    void add(Preset preset) {
        presets.add(preset);
    }

    void addPath(PathPattern path) {
        paths.add(path, "path " + path);
    }

    void setAddresses(Collection<Network> networks) {
        addresses = new Networks(networks);
    }

    void addHeader(String name, String value) {
        headers.add(new Header(name, value));
    }

    void addUserAgent(String pattern) {
        userAgents.add(pattern, "user agent " + pattern);
        anyUserAgent = true;
    }

    void addRole(String role) {
        roles.add(role);
    }

    boolean asksForUser() {
        return !roles.isEmpty();
    }

    /** What exempts a request, as an explanation names it; {@code null} if nothing does. */
    Object find(RequestFacts facts) {
        RequestView request = facts.request();
        Object found = path(facts.path(), facts);
        if (found == null) {
            found = path(facts.directory(), facts);
        }
        if (found == null && !addresses.isEmpty()) {
            found = addresses.find(facts.address());
        }
        for (int i = 0; i < headers.size() && found == null; i++) {
            found = headers.get(i).isIn(request) ? headers.get(i) : null;
        }
        if (found == null && anyUserAgent) {
            found = userAgent(request);
        }
        for (int i = 0; i < roles.size() && found == null; i++) {
            found = request.isUserInRole(roles.get(i)) ? "role " + roles.get(i) : null;
        }
        return found;
    }

    private Object path(String path, RequestFacts facts) {
        Object preset = path == null ? null : preset(path, facts);
        return path == null || preset != null ? preset : paths.find(path, ANY, facts);
    }

    private String userAgent(RequestView request) {
        String agent = request.header("User-Agent");
        return agent == null ? null : userAgents.find(agent, ANY);
    }

    private String preset(String path, RequestFacts facts) {
        if (facts.method() != null && facts.contextPath() != null) {
            for (Preset preset : presets) {
                if (preset.exempts(facts.method(), path, facts.contextPath())) {
                    return "preset " + preset.word() + ": " + path;
                }
            }
        }
        return null;
    }

    /** A header whose value may be a secret: compared in constant time, and never shown. */
    private static final class Header {
        private final String name;
        private final Glob glob;
        private final byte[] literal;

        Header(String name, String value) {
            this.name = name;
            this.glob = new Glob(value);
            this.literal = value.getBytes(StandardCharsets.UTF_8);
        }

        boolean isIn(RequestView request) {
            for (String value : request.headers(name)) {
                // Servers take the bytes for Latin-1 or for UTF-8.
                boolean same = glob.isLiteral()
                        ? MessageDigest.isEqual(literal, value.getBytes(StandardCharsets.UTF_8))
                                || MessageDigest.isEqual(literal, value.getBytes(StandardCharsets.ISO_8859_1))
                        : glob.matches(value);
                if (same) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return "header " + name;
        }
    }
}
