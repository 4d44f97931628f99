package io.maintenanceagent.cli;

import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import io.maintenanceagent.store.EnvironmentStore;
import java.util.ArrayList;
import java.util.List;

/** What holds where nothing but the store and an environment variable has a say. Immutable. */
final class Present {

    private final EffectiveState effective;
    private final List<String> warnings;

    private Present(EffectiveState effective, List<String> warnings) {
        this.effective = effective;
        this.warnings = warnings;
    }

    /**
     * @param store the store
     * @param variable the environment variable's name
     * @return what they say
     * @throws Failed if one of them says something, and it is no state
     */
    static Present read(Switch store, String variable) throws Failed {
        List<String> warnings = new ArrayList<String>();
        State stored = understood(store.name(), store.read(), warnings);
        EnvironmentStore environment = new EnvironmentStore(variable, System.getenv());
        Held said = Held.of(environment.read());
        boolean blank = said.content() != null && StateParser.isBlank(said.content());
        State fallback = blank ? null : understood(environment.name(), said, warnings);
        return new Present(EffectiveState.of(null, stored, fallback), warnings);
    }

    private static State understood(String name, Held held, List<String> warnings) throws Failed {
        if (held.problem() != null) {
            throw new Failed(name + " " + held.problem() + "; write a state with on or off");
        }
        if (!held.unknownMembers().isEmpty()) {
            warnings.add(name + ": unknown members " + held.unknownMembers() + " are ignored; known: "
                    + StateParser.MEMBERS);
        }
        return held.state();
    }

    EffectiveState effective() {
        return effective;
    }

    /** What is ignored, one line each. */
    List<String> warnings() {
        return warnings;
    }
}
