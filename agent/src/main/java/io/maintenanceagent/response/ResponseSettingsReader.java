package io.maintenanceagent.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.report.ErrorReporter;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the {@code response} member. A member that is {@code null} asks for the default again. */
final class ResponseSettingsReader {

    private static final String[] MEMBERS = {
        "status", "retryAfter", "jitter", "headers", "json", "html", "text", "redirect", "cors"
    };

    private static final double MAX_JITTER = 10;

    private final JsonValue response;
    private final PolicyFiles files;
    private final ErrorReporter errors;

    ResponseSettingsReader(JsonValue response, PolicyFiles files, ErrorReporter errors) {
        this.response = response;
        this.files = files;
        this.errors = errors;
    }

    ResponseSettings read(ResponseSettings.Builder settings) throws MalformedContentException {
        response.onlyMembers(MEMBERS);
        ResponseSettings.Builder defaults = new ResponseSettings.Builder();
        for (Map.Entry<String, JsonValue> member : response.members().entrySet()) {
            JsonValue value = member.getValue();
            boolean reset = value.isNull();
            switch (member.getKey()) {
                case "status":
                    settings.status = reset ? defaults.status : status(value);
                    break;
                case "retryAfter":
                    settings.retryAfter = reset ? null : (Integer) value.integer(0, Integer.MAX_VALUE);
                    break;
                case "jitter":
                    settings.jitter = reset ? 0 : value.number(0, MAX_JITTER);
                    break;
                case "headers":
                    settings.headers = reset ? defaults.headers : headers(value);
                    break;
                case "json":
                    settings.json = reset ? null : json(value);
                    break;
                case "html":
                    settings.html = reset ? null : file(value);
                    break;
                case "text":
                    settings.text = reset ? null : value.text();
                    break;
                case "redirect":
                    settings.redirect = reset ? null : redirect(value);
                    break;
                default:
                    settings.cors = reset ? Cors.NONE : cors(value);
            }
        }
        return settings.build();
    }

    /** No informational one, none without a body and no redirection: what the client then does is not what is meant. */
    private static int status(JsonValue value) throws MalformedContentException {
        String allowed = "200, or a status from 400 to 599";
        int status;
        try {
            status = value.integer(200, 599);
        } catch (MalformedContentException e) {
            throw value.wrong(allowed);
        }
        if (status != 200 && status < 400) {
            throw value.wrong(allowed);
        }
        return status;
    }

    private static List<String> headers(JsonValue value) throws MalformedContentException {
        List<String> headers = new ArrayList<String>();
        Set<String> seen = new HashSet<String>();
        for (Map.Entry<String, JsonValue> header : value.members().entrySet()) {
            String name = header.getKey();
            String fault = HeaderRules.faultOfName(name);
            if (fault == null && !seen.add(name.toLowerCase(Locale.ROOT))) {
                fault = "is there twice";
            }
            if (fault == null) {
                fault = HeaderRules.faultOfValue(header.getValue().text());
            }
            if (fault != null) {
                throw header.getValue().error("header " + fault);
            }
            headers.add(name);
            headers.add(header.getValue().text().trim());
        }
        return headers;
    }

    /** An own file's text, or {@code null}, which stands for the default, if it cannot be had. */
    private String file(JsonValue value) throws MalformedContentException {
        String name = value.text();
        try {
            String content = files.read(name);
            errors.resolve(subject(name));
            return content;
        } catch (IOException e) {
            useDefault(value, name, e.getMessage());
            return null;
        }
    }

    private String json(JsonValue value) throws MalformedContentException {
        String template = file(value);
        if (template == null) {
            return null;
        }
        String sample = Template.fill(template, new Template.Values() {
            @Override
            public String get(String name) {
                return Body.PLACEHOLDERS.contains(name) ? "0" : null;
            }
        });
        try (JsonParser parser = new JsonFactory().createParser(sample)) {
            if (parser.nextToken() == null) {
                throw new IOException("it is empty");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IOException("something follows the JSON value");
            }
            return template;
        } catch (JsonProcessingException e) {
            useDefault(
                    value,
                    value.text(),
                    "is not JSON: line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            useDefault(value, value.text(), "is not JSON: " + e.getMessage());
        }
        return null;
    }

    private void useDefault(JsonValue value, String name, String why) {
        errors.report(
                subject(name),
                "policy " + value.pointer() + ": \"" + name + "\" " + why + "; the default answer is given instead");
    }

    private static String subject(String name) {
        return "response file " + name;
    }

    private static String redirect(JsonValue value) throws MalformedContentException {
        String target = value.text();
        try {
            URI uri = new URI(target);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null
                    || uri.getScheme() == null && target.startsWith("/") && !target.startsWith("//")) {
                return uri.toASCIIString();
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw value.wrong("an http or https URL, or a path that begins with /");
    }

    private static Cors cors(JsonValue value) throws MalformedContentException {
        value.onlyMembers("origins");
        Origins origins = new Origins();
        JsonValue list = value.get("origins");
        if (list != null) {
            for (JsonValue origin : list.elements()) {
                try {
                    origins.add(origin.text());
                } catch (IllegalArgumentException e) {
                    throw origin.error(e.getMessage());
                }
            }
        }
        return origins.isEmpty() ? Cors.NONE : new Cors(origins);
    }
}
