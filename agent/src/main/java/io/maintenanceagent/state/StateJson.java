package io.maintenanceagent.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.maintenanceagent.match.HostPattern;
import io.maintenanceagent.match.PathPattern;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads one state from a JSON object, token by token, so that every error knows its line and column. Members that are
 * {@code null} and empty lists are ignored.
 */
final class StateJson {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser json;
    private final List<String> unknown = new ArrayList<String>();

    private Boolean enabled;
    private String message;
    private Integer retryAfter;
    private Instant from;
    private Instant until;
    private boolean readOnly;
    private List<PathPattern> paths = Collections.emptyList();
    private List<HostPattern> hosts = Collections.emptyList();
    private List<String> contexts = Collections.emptyList();
    private String by;
    private String reason;
    private Hold hold;
    private Admit admit;
    private String untilPlace;
    private String admitPlace;

    private StateJson(JsonParser json) {
        this.json = json;
    }

    static StateParser.Parsed parse(String text) throws StateException {
        try (JsonParser json = JSON.createParser(text)) {
            return new StateJson(json).parse();
        } catch (JsonProcessingException e) {
            throw new StateException(place(e.getLocation()) + ": not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new StateException("not JSON: " + e.getMessage());
        }
    }

    private StateParser.Parsed parse() throws IOException, StateException {
        json.nextToken();
        String begin = place();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                member(name);
            } else if (name.equals("enabled")) {
                throw wrong(name, "true or false");
            }
        }
        if (json.nextToken() != null) {
            throw new StateException(place() + ": something follows the JSON object");
        }
        if (enabled == null) {
            throw new StateException(begin + ": \"enabled\" is missing; allowed: true or false");
        }
        if (from != null && until != null && !from.isBefore(until)) {
            throw new StateException(
                    untilPlace + ": \"until\" (" + until + ") is not later than \"from\" (" + from + ")");
        }
        if (admit != null && admit.ramp() && (from == null || until == null)) {
            throw new StateException(admitPlace + ": \"ramp\" grows from \"from\" to \"until\"; give both");
        }
        State state = new State.Builder(enabled)
                .message(message)
                .retryAfter(retryAfter)
                .window(from, until)
                .scope(new Scope(readOnly, paths, hosts, contexts))
                .by(by, reason)
                .hold(hold)
                .admit(admit)
                .build();
        return new StateParser.Parsed(state, unknown);
    }

    private void member(String name) throws IOException, StateException {
        switch (name) {
            case "enabled":
                enabled = bool(name);
                break;
            case "message":
                message = text(name);
                break;
            case "retryAfter":
                retryAfter = seconds(name, 0);
                break;
            case "from":
                from = instant(name);
                break;
            case "until":
                untilPlace = place();
                until = instant(name);
                break;
            case "mode":
                readOnly = isReadOnly(name);
                break;
            case "paths":
                paths = patterns(name);
                break;
            case "hosts":
                hosts = hosts(name);
                break;
            case "contexts":
                contexts = contexts(name);
                break;
            case "by":
                by = text(name);
                break;
            case "reason":
                reason = text(name);
                break;
            case "hold":
                hold = hold(name);
                break;
            case "admit":
                admitPlace = place();
                admit = admit(name);
                break;
            default:
                skip(name);
        }
    }

    private Boolean bool(String name) throws IOException, StateException {
        switch (json.currentToken()) {
            case VALUE_TRUE:
                return Boolean.TRUE;
            case VALUE_FALSE:
                return Boolean.FALSE;
            default:
                throw wrong(name, "true or false");
        }
    }

    private String text(String name) throws IOException, StateException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(name, "a text in quotes");
        }
        return json.getText();
    }

    private Integer seconds(String name, int min) throws IOException, StateException {
        return integer(name, "a whole number of seconds", min, Integer.MAX_VALUE);
    }

    private Integer integer(String name, String what, int min, int max) throws IOException, StateException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            try {
                int value = Integer.parseInt(json.getText());
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException ignored) {
                // said below
            }
        }
        throw wrong(name, what + " from " + min + " to " + max);
    }

    private Hold hold(String name) throws IOException, StateException {
        String begin = place();
        Integer seconds = null;
        int requests = Hold.DEFAULT_REQUESTS;
        for (String member = firstMember(name); member != null; member = nextMember()) {
            String path = name + "." + member;
            if (member.equals("seconds")) {
                seconds = seconds(path, 1);
            } else if (member.equals("requests")) {
                requests = integer(path, "a whole number of requests", 1, Integer.MAX_VALUE);
            } else {
                skip(path);
            }
        }
        if (seconds == null) {
            throw new StateException(begin + ": \"hold.seconds\" is missing; allowed: a whole number of seconds");
        }
        return new Hold(seconds, requests);
    }

    private Admit admit(String name) throws IOException, StateException {
        Integer percent = null;
        boolean ramp = false;
        for (String member = firstMember(name); member != null; member = nextMember()) {
            String path = name + "." + member;
            if (member.equals("percent")) {
                percent = integer(path, "a whole number of percent", 0, 100);
            } else if (member.equals("ramp")) {
                ramp = bool(path);
            } else {
                skip(path);
            }
        }
        if (ramp == (percent != null)) {
            throw new StateException(admitPlace + ": \"admit\" takes either \"percent\", 0 to 100, or \"ramp\": true");
        }
        return ramp ? Admit.RAMP : Admit.percent(percent);
    }

    private String firstMember(String name) throws IOException, StateException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(name, "an object");
        }
        return nextMember();
    }

    /** Returns the name of the next member that is not {@code null}, with its value as the current token. */
    private String nextMember() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                return member;
            }
        }
        return null;
    }

    private void skip(String path) throws IOException {
        unknown.add(path);
        json.skipChildren();
    }

    private Instant instant(String name) throws IOException, StateException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            try {
                Instant instant = parseInstant(json.getText());
                instant.toEpochMilli(); // what is compared later: 292 million years either way
                return instant;
            } catch (DateTimeException | ArithmeticException e) {
                // said below
            }
        }
        throw wrong(name, "an ISO-8601 time with an offset, like 2026-11-22T22:00:00Z or 2026-11-22T22:00+01:00");
    }

    /** A leap second, which OffsetDateTime does not know, counts as the second before it: as on a smeared clock. */
    static Instant parseInstant(String text) {
        return OffsetDateTime.parse(text.trim().replaceFirst("(T\\d\\d:\\d\\d):60", "$1:59"))
                .toInstant();
    }

    private boolean isReadOnly(String name) throws IOException, StateException {
        String mode = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
        if (mode.equals("read-only")) {
            return true;
        }
        if (mode.equals("full")) {
            return false;
        }
        throw wrong(name, "\"full\" or \"read-only\"");
    }

    private List<PathPattern> patterns(String name) throws IOException, StateException {
        List<PathPattern> patterns = new ArrayList<PathPattern>();
        for (String text = firstText(name); text != null; text = nextText(name)) {
            try {
                patterns.add(PathPattern.parse(text));
            } catch (IllegalArgumentException e) {
                throw new StateException(place() + ": \"" + name + "\": " + e.getMessage());
            }
        }
        return Collections.unmodifiableList(patterns);
    }

    private List<HostPattern> hosts(String name) throws IOException, StateException {
        List<HostPattern> patterns = new ArrayList<HostPattern>();
        for (String text = firstText(name); text != null; text = nextText(name)) {
            try {
                patterns.add(HostPattern.parse(text));
            } catch (IllegalArgumentException e) {
                throw new StateException(place() + ": \"" + name + "\": " + e.getMessage());
            }
        }
        return Collections.unmodifiableList(patterns);
    }

    private List<String> contexts(String name) throws IOException, StateException {
        List<String> contexts = new ArrayList<String>();
        for (String text = firstText(name); text != null; text = nextText(name)) {
            boolean root = text.isEmpty() || text.equals("/");
            if (!root && (!text.startsWith("/") || text.endsWith("/"))) {
                throw new StateException(place() + ": \"" + name + "\": \"" + StateParser.quote(text)
                        + "\" is not a context path; it begins with a slash and does not end with one");
            }
            contexts.add(root ? "" : text);
        }
        return Collections.unmodifiableList(contexts);
    }

    private String firstText(String name) throws IOException, StateException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(name, "a list of texts");
        }
        return nextText(name);
    }

    /** Returns the list's next element, or {@code null} at its end. */
    private String nextText(String name) throws IOException, StateException {
        if (json.nextToken() == JsonToken.END_ARRAY) {
            return null;
        }
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(name, "a list of texts");
        }
        return json.getText();
    }

    private StateException wrong(String name, String allowed) throws IOException {
        JsonToken token = json.currentToken();
        String found = token == JsonToken.START_OBJECT
                ? "an object"
                : token == JsonToken.START_ARRAY
                        ? "a list"
                        : token == JsonToken.VALUE_STRING
                                ? "\"" + StateParser.quote(json.getText()) + "\""
                                : StateParser.quote(String.valueOf(json.getText()));
        return new StateException(place() + ": \"" + name + "\" is " + found + "; allowed: " + allowed);
    }

    private String place() {
        return place(json.currentTokenLocation());
    }

    private static String place(JsonLocation location) {
        return location == null ? "somewhere" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
