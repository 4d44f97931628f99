package io.maintenanceagent.state;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Turns what a store holds into a state: one word, or one JSON object.
 *
 * <p>UTF-8, or UTF-16 behind a byte order mark, which is what {@code echo on > file} writes in a Windows PowerShell.
 * Words load no JSON library. Stateless; safe for any thread; takes time and memory in proportion to the input.
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
            if (!state.idleMembers().isEmpty()) {
                warnings.add("this version does not act on the members " + state.idleMembers()
                        + "; requests are refused as without them");
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
        for (int i = Encoding.of(content).mark(); i < content.length; i++) {
            if (content[i] < 0 || content[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the state that a content says.
     *
     * @param content what a store holds, not {@link #isBlank blank}
     * @throws StateException if it is no state; the message says what is wrong, where, and what is allowed
     */
    public static Parsed parse(byte[] content) throws StateException {
        if (content.length > MAX_BYTES) {
            throw new StateException("larger than the 1 MiB that a state may have");
        }
        String text = decode(content);
        String trimmed = text.trim();
        if (trimmed.startsWith("{")) {
            return StateJson.parse(text);
        }
        Boolean word = SwitchWords.parse(trimmed);
        if (word == null) {
            throw new StateException("line " + firstLine(text) + ": \"" + quote(trimmed)
                    + "\" is not a state; allowed: " + SwitchWords.ALLOWED + ", or a JSON object with \"enabled\"");
        }
        return new Parsed(State.of(word), Collections.<String>emptyList());
    }

    private static String decode(byte[] content) throws StateException {
        Encoding encoding = Encoding.of(content);
        ByteBuffer bytes = ByteBuffer.wrap(content, encoding.mark(), content.length - encoding.mark());
        CharBuffer text = CharBuffer.allocate(content.length);
        CharsetDecoder decoder = encoding.charset().newDecoder();
        if (decoder.decode(bytes, text, true).isError()) {
            throw new StateException("byte " + (bytes.position() + 1) + ": not text in " + encoding.charset());
        }
        decoder.flush(text);
        text.flip();
        return text.toString();
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

    static String quote(String value) {
        return value.length() <= QUOTE ? value : value.substring(0, QUOTE) + "…";
    }
}
