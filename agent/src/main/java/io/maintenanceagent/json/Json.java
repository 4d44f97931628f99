package io.maintenanceagent.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON that people write: {@code //} and {@code /* *}{@code /} comments are allowed, a member that is there twice
 * is an error. Nesting is at most 1,000 deep, which is Jackson's own limit. Stateless; safe for any thread.
 */
public final class Json {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();

    private Json() {}

    /**
     * Parses one JSON value.
     *
     * @param content one JSON value, with comments
     * @throws MalformedContentException if it is not JSON; the message has line and column
     */
    public static JsonValue parse(byte[] content) throws MalformedContentException {
        return parse(TextEncoding.decode(content));
    }

    /**
     * Parses one JSON value.
     *
     * @param text one JSON value, with comments
     * @throws MalformedContentException if it is not JSON; the message has line and column
     */
    public static JsonValue parse(String text) throws MalformedContentException {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() == null) {
                throw new MalformedContentException(
                        "line 1, column 1: nothing but white space; allowed: a JSON object");
            }
            JsonValue value = value(json, "");
            if (json.nextToken() != null) {
                throw new MalformedContentException(
                        JsonValue.place(line(json), column(json)) + ": something follows the JSON value");
            }
            return value;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new MalformedContentException(
                    (at == null ? "" : JsonValue.place(at.getLineNr(), at.getColumnNr()) + ": ") + "not JSON: "
                            + withoutToken(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new MalformedContentException("not JSON: " + e.getMessage());
        }
    }

    /** A token that Jackson does not know may be a secret without its quotation marks. */
    private static String withoutToken(String message) {
        return message.replaceFirst("(?s)^Unrecognized token '.*?'", "unrecognized token");
    }

    private static JsonValue value(JsonParser json, String pointer) throws IOException {
        int line = line(json);
        int column = column(json);
        switch (json.currentToken()) {
            case START_OBJECT:
                Map<String, JsonValue> members = new LinkedHashMap<String, JsonValue>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String name = json.currentName();
                    json.nextToken();
                    members.put(name, value(json, pointer + "/" + escape(name)));
                }
                return JsonValue.object(pointer, line, column, members);
            case START_ARRAY:
                List<JsonValue> elements = new ArrayList<JsonValue>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(json, pointer + "/" + elements.size()));
                }
                return JsonValue.array(pointer, line, column, elements);
            case VALUE_STRING:
                return JsonValue.scalar(JsonValue.Kind.TEXT, pointer, line, column, json.getText());
            case VALUE_TRUE:
            case VALUE_FALSE:
                return JsonValue.scalar(JsonValue.Kind.BOOL, pointer, line, column, json.getText());
            case VALUE_NULL:
                return JsonValue.scalar(JsonValue.Kind.NULL, pointer, line, column, json.getText());
            default:
                return JsonValue.scalar(JsonValue.Kind.NUMBER, pointer, line, column, json.getText());
        }
    }

    /** RFC 6901 section 3. */
    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static int line(JsonParser json) {
        return json.currentTokenLocation().getLineNr();
    }

    private static int column(JsonParser json) {
        return json.currentTokenLocation().getColumnNr();
    }
}
