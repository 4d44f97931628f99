package io.maintenanceagent.state;

import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.json.TextEncoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Turns what a store holds into a state: one word, or one JSON object.
 *
 * <p>Words load no JSON library. Stateless; safe for any thread; takes time and memory in proportion to the input.
 */
public final class StateParser {

    /** The largest input, in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    /** The members that a JSON state may have, as a message names them. */
    public static final String MEMBERS =
            "enabled, message, retryAfter, from, until, mode, paths, hosts, contexts, by, reason, hold, admit";

    /** How much of a bad value an error quotes, in characters. */
    private static final int QUOTE = 40;

    /** The outcome: a state, and members that mean nothing here. */
    public static final class Parsed {
        private final State state;
        private final List<String> unknownMembers;

        Parsed(State state, List<String> unknownMembers) {
            this.state = state;
            this.unknownMembers = Collections.unmodifiableList(new ArrayList<String>(unknownMembers));
        }

        /** Returns the state. */
        public State state() {
            return state;
        }

        /** Returns the names of members that mean nothing here, in their order. */
        public List<String> unknownMembers() {
            return unknownMembers;
        }

        /**
         * Returns what has no effect here, clauses behind the name of where the state is from; each to be said once.
         */
        public List<String> warnings() {
            List<String> warnings = new ArrayList<String>();
            if (!unknownMembers.isEmpty()) {
                warnings.add("unknown members " + unknownMembers + " are ignored; known: " + MEMBERS);
            }
            return warnings;
        }
    }

    private StateParser() {}

    /**
     * Returns whether a content is blank: a write that has begun and says nothing yet. A byte order mark, white space
     * and the zero bytes that a crash leaves are blank.
     *
     * @param content what a store holds
     */
    public static boolean isBlank(byte[] content) {
        return TextEncoding.isBlank(content);
    }

    /**
     * Returns the state that a content says.
     *
     * @param content what a store holds, not {@link #isBlank blank}
     * @throws MalformedContentException if it is no state; the message says what is wrong, where, and what is allowed
     */
    public static Parsed parse(byte[] content) throws MalformedContentException {
        if (content.length > MAX_BYTES) {
            throw new MalformedContentException("larger than the 1 MiB that a state may have");
        }
        String text = TextEncoding.decode(content);
        String trimmed = text.trim();
        if (trimmed.startsWith("{")) {
            return StateObject.parse(text);
        }
        Boolean word = SwitchWords.parse(trimmed);
        if (word == null) {
            throw new MalformedContentException("line " + firstLine(text) + ": \"" + quoted(trimmed)
                    + "\" is not a state; allowed: " + SwitchWords.ALLOWED + ", or a JSON object with \"enabled\"");
        }
        return new Parsed(State.of(word), Collections.<String>emptyList());
    }

    private static int firstLine(String text) {
        int line = 1;
        for (int i = 0; i < text.length() && text.charAt(i) <= ' '; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    private static String quoted(String value) {
        return value.length() <= QUOTE ? value : value.substring(0, QUOTE) + "…";
    }
}
