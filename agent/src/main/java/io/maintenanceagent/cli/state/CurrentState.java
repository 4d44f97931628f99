package io.maintenanceagent.cli.state;

import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.StateParser;
import io.maintenanceagent.store.EnvironmentVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The state by the store and the environment variable. Immutable. */
public final class CurrentState {

    private final EffectiveState effective;
    private final List<String> warnings;

    private CurrentState(EffectiveState effective, List<String> warnings) {
        this.effective = effective;
        this.warnings = warnings;
    }

    /**
     * Reads the store, and the environment variable if the store holds no state.
     *
     * @param store the store
     * @param variable the environment variable's name
     * @param variables the environment variables
     * @throws CommandFailedException if the store cannot be read, or holds something that is no state
     */
    public static CurrentState read(StateSwitch store, String variable, Map<String, String> variables)
            throws CommandFailedException {
        List<String> warnings = new ArrayList<String>();
        StoreContent held = store.read();
        if (held.problem() != null) {
            throw new CommandFailedException(store.name() + " " + held.problem() + "; write a state with on or off");
        }
        warn(store.name(), held, warnings);
        EnvironmentVariable environment = new EnvironmentVariable(variable, variables);
        StoreContent said = StoreContent.of(environment.read());
        warn(environment.name(), said, warnings);
        if (said.problem() != null && !StateParser.isBlank(said.content())) {
            warnings.add(
                    environment.name() + " " + said.problem().replace(StoreContent.STAYS, "; it counts as not set"));
        }
        return new CurrentState(EffectiveState.of(null, held.state(), said.state()), warnings);
    }

    private static void warn(String name, StoreContent held, List<String> warnings) {
        for (String warning : held.warnings()) {
            warnings.add(name + ": " + warning);
        }
    }

    public EffectiveState effective() {
        return effective;
    }

    /** What is ignored, one line each. */
    public List<String> warnings() {
        return warnings;
    }
}
