package io.maintenanceagent.cli.state;

import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import java.util.Collections;
import java.util.List;

/** What a store held at one moment. Immutable but for its bytes, which are not to be changed. */
public final class StoreContent {

    /** The consequence of a problem in a store. */
    public static final String STAYS = "; agents keep the state they know";

    private final byte[] content;
    private final State state;
    private final List<String> warnings;
    private final String problem;

    private StoreContent(byte[] content, State state, List<String> warnings, String problem) {
        this.content = content;
        this.state = state;
        this.warnings = warnings;
        this.problem = problem;
    }

    /** @param content what a store holds; {@code null} for nothing */
    public static StoreContent of(byte[] content) {
        List<String> none = Collections.<String>emptyList();
        if (content == null) {
            return new StoreContent(null, null, none, null);
        }
        if (StateParser.isBlank(content)) {
            return new StoreContent(content, null, none, "is empty, which is a write in progress" + STAYS);
        }
        try {
            StateParser.Parsed parsed = StateParser.parse(content);
            return new StoreContent(content, parsed.state(), parsed.warnings(), null);
        } catch (MalformedContentException e) {
            return new StoreContent(content, null, none, "holds no state (" + e.getMessage() + ")" + STAYS);
        }
    }

    /** The bytes; {@code null} if there are none. */
    public byte[] content() {
        return content;
    }

    /** The state; {@code null} if there is none, or it cannot be understood. */
    public State state() {
        return state;
    }

    /** Members of the state without effect, clauses behind the name of the store. */
    public List<String> warnings() {
        return warnings;
    }

    /** Why the content is no state, a clause behind the store's name; {@code null} if it is one, or there is none. */
    public String problem() {
        return problem;
    }

    /** The author of the state, for a message. */
    public String author() {
        return state == null || state.by() == null ? "somebody" : state.by();
    }
}
