package io.maintenanceagent.state;

import io.maintenanceagent.json.Json;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.match.HostPattern;
import io.maintenanceagent.match.PathPattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Reads a state from a JSON object. Members that are {@code null} and empty lists are ignored. */
final class StateObject {

    private static final List<String> MEMBERS = Arrays.asList(StateParser.MEMBERS.split(", "));

    private final JsonValue object;
    private final List<String> unknown = new ArrayList<String>();

    private StateObject(JsonValue object) {
        this.object = object;
    }

    static StateParser.Parsed parse(String text) throws MalformedContentException {
        return new StateObject(Json.parse(text)).parse();
    }

    private StateParser.Parsed parse() throws MalformedContentException {
        noteUnknown(object, "", MEMBERS);
        JsonValue enabled = object.members().get("enabled");
        if (enabled == null) {
            throw object.error("\"enabled\" is missing; allowed: true or false");
        }
        JsonValue retryAfter = object.get("retryAfter");
        Instant from = instant("from");
        Instant until = instant("until");
        if (from != null && until != null && !from.isBefore(until)) {
            throw object.get("until").error("(" + until + ") is not later than \"from\" (" + from + ")");
        }
        State state = new State.Builder(enabled.bool())
                .message(text("message"))
                .retryAfter(retryAfter == null ? null : retryAfter.integer(0, Integer.MAX_VALUE))
                .window(from, until)
                .scope(new Scope(readOnly(), paths(), hosts(), contexts()))
                .by(text("by"), text("reason"))
                .hold(hold())
                .admit(admit(from != null && until != null))
                .build();
        return new StateParser.Parsed(state, unknown);
    }

    private void noteUnknown(JsonValue value, String prefix, List<String> known) throws MalformedContentException {
        for (String name : value.members().keySet()) {
            if (!known.contains(name)) {
                unknown.add(prefix + name);
            }
        }
    }

    private String text(String name) throws MalformedContentException {
        JsonValue value = object.get(name);
        return value == null ? null : value.text();
    }

    private Instant instant(String name) throws MalformedContentException {
        JsonValue value = object.get(name);
        if (value == null) {
            return null;
        }
        if (value.isText()) {
            try {
                // In milliseconds, by which instants are compared: 292 million years either way.
                return Instant.ofEpochMilli(parseInstant(value.text()).toEpochMilli());
            } catch (DateTimeException | ArithmeticException ignored) {
                // said below
            }
        }
        throw value.wrong("an ISO-8601 time with an offset, like 2026-11-22T22:00:00Z or 2026-11-22T22:00+01:00");
    }

    /** A leap second, which OffsetDateTime does not know, counts as the second before it: as on a smeared clock. */
    private static Instant parseInstant(String text) {
        return OffsetDateTime.parse(text.trim().replaceFirst("(T\\d\\d:\\d\\d):60", "$1:59"))
                .toInstant();
    }

    private boolean readOnly() throws MalformedContentException {
        JsonValue mode = object.get("mode");
        if (mode == null || mode.isText() && mode.text().equals("full")) {
            return false;
        }
        if (mode.isText() && mode.text().equals("read-only")) {
            return true;
        }
        throw mode.wrong("\"full\" or \"read-only\"");
    }

    private List<PathPattern> paths() throws MalformedContentException {
        List<PathPattern> patterns = new ArrayList<PathPattern>();
        for (JsonValue element : elements("paths")) {
            try {
                patterns.add(PathPattern.parse(element.text()));
            } catch (IllegalArgumentException e) {
                throw element.error(e.getMessage());
            }
        }
        return Collections.unmodifiableList(patterns);
    }

    private List<HostPattern> hosts() throws MalformedContentException {
        List<HostPattern> patterns = new ArrayList<HostPattern>();
        for (JsonValue element : elements("hosts")) {
            try {
                patterns.add(HostPattern.parse(element.text()));
            } catch (IllegalArgumentException e) {
                throw element.error(e.getMessage());
            }
        }
        return Collections.unmodifiableList(patterns);
    }

    private List<String> contexts() throws MalformedContentException {
        List<String> contexts = new ArrayList<String>();
        for (JsonValue element : elements("contexts")) {
            String text = element.text();
            boolean root = text.isEmpty() || text.equals("/");
            if (!root && (!text.startsWith("/") || text.endsWith("/"))) {
                throw element.wrong("a context path, which begins with a slash and does not end with one");
            }
            contexts.add(root ? "" : text);
        }
        return Collections.unmodifiableList(contexts);
    }

    private List<JsonValue> elements(String name) throws MalformedContentException {
        JsonValue list = object.get(name);
        return list == null ? Collections.<JsonValue>emptyList() : list.elements();
    }

    private Hold hold() throws MalformedContentException {
        JsonValue hold = object.get("hold");
        if (hold == null) {
            return null;
        }
        noteUnknown(hold, "hold.", Arrays.asList("seconds", "requests"));
        JsonValue seconds = hold.get("seconds");
        JsonValue requests = hold.get("requests");
        if (seconds == null) {
            throw hold.error("\"seconds\" is missing; allowed: a whole number of seconds");
        }
        return new Hold(
                seconds.integer(1, Integer.MAX_VALUE),
                requests == null ? Hold.DEFAULT_REQUESTS : requests.integer(1, Integer.MAX_VALUE));
    }

    private Admit admit(boolean window) throws MalformedContentException {
        JsonValue admit = object.get("admit");
        if (admit == null) {
            return null;
        }
        noteUnknown(admit, "admit.", Arrays.asList("percent", "ramp", "start", "salt"));
        JsonValue percent = admit.get("percent");
        JsonValue ramp = admit.get("ramp");
        JsonValue start = admit.get("start");
        JsonValue salt = admit.get("salt");
        int begin = start == null ? 0 : start.integer(0, 100);
        int share = percent == null ? 0 : percent.integer(0, 100);
        boolean grows = ramp != null && ramp.bool();
        if (grows == (percent != null)) {
            throw admit.error("takes either \"percent\", 0 to 100, or \"ramp\": true");
        }
        if (grows && !window) {
            throw admit.error("has a \"ramp\", which grows from \"from\" to \"until\"; give both");
        }
        if (start != null && !grows) {
            throw start.error("is where a \"ramp\": true begins; give that too");
        }
        return (grows ? Admit.ramp(begin) : Admit.percent(share)).salted(salt == null ? null : salt.text());
    }
}
