package io.maintenanceagent.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A JSON value with its position, for error messages: JSON pointer (RFC 6901), line and column. Immutable; safe for any
 * thread.
 *
 * <p>The methods that ask for a type fail with {@link #wrong} if the value has another.
 */
public final class JsonValue {

    /** What a value can be. */
    enum Kind {
        OBJECT,
        ARRAY,
        TEXT,
        NUMBER,
        BOOL,
        NULL
    }

    /** How much of a bad value an error quotes, in characters. */
    private static final int QUOTE = 40;

    private final Kind kind;
    private final String pointer;
    private final int line;
    private final int column;
    private final String scalar;
    private final List<JsonValue> elements;
    private final Map<String, JsonValue> members;

    private JsonValue(
            Kind kind,
            String pointer,
            int line,
            int column,
            String scalar,
            List<JsonValue> elements,
            Map<String, JsonValue> members) {
        this.kind = kind;
        this.pointer = pointer;
        this.line = line;
        this.column = column;
        this.scalar = scalar;
        this.elements = elements;
        this.members = members;
    }

    static JsonValue scalar(Kind kind, String pointer, int line, int column, String text) {
        return new JsonValue(
                kind,
                pointer,
                line,
                column,
                text,
                Collections.<JsonValue>emptyList(),
                Collections.<String, JsonValue>emptyMap());
    }

    static JsonValue array(String pointer, int line, int column, List<JsonValue> elements) {
        return new JsonValue(
                Kind.ARRAY,
                pointer,
                line,
                column,
                null,
                Collections.unmodifiableList(elements),
                Collections.<String, JsonValue>emptyMap());
    }

    static JsonValue object(String pointer, int line, int column, Map<String, JsonValue> members) {
        return new JsonValue(
                Kind.OBJECT,
                pointer,
                line,
                column,
                null,
                Collections.<JsonValue>emptyList(),
                Collections.unmodifiableMap(members));
    }

    /** Returns whether this is an object. */
    public boolean isObject() {
        return kind == Kind.OBJECT;
    }

    /** Returns whether this is an array. */
    public boolean isArray() {
        return kind == Kind.ARRAY;
    }

    /** Returns whether this is a string. */
    public boolean isText() {
        return kind == Kind.TEXT;
    }

    /** Returns whether this is {@code null}. */
    public boolean isNull() {
        return kind == Kind.NULL;
    }

    /** Returns the value's place in the document, {@code ""} for all of it (RFC 6901). */
    public String pointer() {
        return pointer;
    }

    /**
     * Returns the members of an object, in their order.
     *
     * @throws MalformedContentException if it is none
     */
    public Map<String, JsonValue> members() throws MalformedContentException {
        return as(Kind.OBJECT, "an object").members;
    }

    /**
     * Returns the member, or {@code null} if this is no object, or there is none, or it is {@code null} in JSON.
     *
     * @param name a member's name
     */
    public JsonValue get(String name) {
        JsonValue member = members.get(name);
        return member == null || member.kind == Kind.NULL ? null : member;
    }

    /**
     * Makes sure that this is an object with no other members.
     *
     * @param names the names that are allowed
     * @throws MalformedContentException if it is none, or there is another; the message names it
     */
    public void onlyMembers(String... names) throws MalformedContentException {
        List<String> allowed = Arrays.asList(names);
        for (Map.Entry<String, JsonValue> member : members().entrySet()) {
            if (!allowed.contains(member.getKey())) {
                throw member.getValue().error("unknown member; allowed: " + String.join(", ", allowed));
            }
        }
    }

    /**
     * Returns the elements of an array.
     *
     * @throws MalformedContentException if it is none
     */
    public List<JsonValue> elements() throws MalformedContentException {
        return as(Kind.ARRAY, "a list").elements;
    }

    /**
     * Returns the elements of an array of strings.
     *
     * @throws MalformedContentException if it is none
     */
    public List<String> texts() throws MalformedContentException {
        List<String> texts = new ArrayList<String>();
        for (JsonValue element : as(Kind.ARRAY, "a list of texts").elements) {
            texts.add(element.text());
        }
        return texts;
    }

    /**
     * Returns the string.
     *
     * @throws MalformedContentException if it is none
     */
    public String text() throws MalformedContentException {
        return as(Kind.TEXT, "a text in quotes").scalar;
    }

    /**
     * Returns the truth value.
     *
     * @throws MalformedContentException if it is none
     */
    public boolean bool() throws MalformedContentException {
        return as(Kind.BOOL, "true or false").scalar.equals("true");
    }

    /**
     * Returns the whole number.
     *
     * @param min the smallest allowed
     * @param max the largest allowed
     * @throws MalformedContentException if it is none within these bounds
     */
    public int integer(int min, int max) throws MalformedContentException {
        String allowed = "a whole number from " + min + " to " + max;
        try {
            int value = Integer.parseInt(as(Kind.NUMBER, allowed).scalar);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException ignored) {
            // said below
        }
        throw wrong(allowed);
    }

    /**
     * Returns the number.
     *
     * @param min the smallest allowed
     * @param max the largest allowed
     * @throws MalformedContentException if it is none within these bounds
     */
    public double number(double min, double max) throws MalformedContentException {
        String allowed = "a number from " + BigDecimal.valueOf(min).toPlainString() + " to "
                + BigDecimal.valueOf(max).toPlainString();
        double value = Double.parseDouble(as(Kind.NUMBER, allowed).scalar);
        if (value >= min && value <= max) {
            return value;
        }
        throw wrong(allowed);
    }

    private JsonValue as(Kind wanted, String allowed) throws MalformedContentException {
        if (kind != wanted) {
            throw wrong(allowed);
        }
        return this;
    }

    /**
     * Returns an error that gives this value's position, quotes it, and says what is allowed.
     *
     * @param allowed what is allowed in its place
     */
    public MalformedContentException wrong(String allowed) {
        return error("is " + found() + "; allowed: " + allowed);
    }

    /**
     * Returns an error that gives this value's position and says what is wrong.
     *
     * @param what what is wrong, without quoting more than may be seen in a log
     */
    public MalformedContentException error(String what) {
        return new MalformedContentException(
                (pointer.isEmpty() ? "the whole" : pointer) + " (" + place(line, column) + ") " + what);
    }

    private String found() {
        switch (kind) {
            case OBJECT:
                return "an object";
            case ARRAY:
                return "a list";
            case TEXT:
                return "\"" + shortened() + "\"";
            default:
                return shortened();
        }
    }

    private String shortened() {
        return scalar.length() <= QUOTE ? scalar : scalar.substring(0, QUOTE) + "…";
    }

    static String place(int line, int column) {
        return "line " + line + ", column " + column;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof JsonValue)) {
            return false;
        }
        JsonValue that = (JsonValue) other;
        return kind == that.kind
                && Objects.equals(scalar, that.scalar)
                && elements.equals(that.elements)
                && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, scalar, elements, members);
    }
}
