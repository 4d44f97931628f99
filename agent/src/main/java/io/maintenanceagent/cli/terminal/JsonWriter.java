package io.maintenanceagent.cli.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;

/** Writes JSON for programs: one object on one line, in ASCII, which every locale can encode. Stateless. */
public final class JsonWriter {

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** Writes the members of an object. */
    public interface Members {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private JsonWriter() {}

    public static String object(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(e); // a string takes everything
        }
        return text.toString();
    }

    /** The same value on one line, or {@code null} if it is no JSON. */
    public static String compact(byte[] value) {
        StringWriter text = new StringWriter();
        try (JsonParser in = JSON.createParser(value)) {
            in.nextToken();
            try (JsonGenerator out = JSON.createGenerator(text)) {
                out.copyCurrentStructure(in);
            }
            return in.nextToken() == null ? text.toString() : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Writes a member unless its value is {@code null}. */
    public static void optional(JsonGenerator json, String name, Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }
}
