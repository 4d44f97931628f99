package io.maintenanceagent.boot;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.instance.StatusCollector;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.store.StateStores;
import io.maintenanceagent.store.StateWatcher;
import io.maintenanceagent.store.file.FileStore;
import io.maintenanceagent.weave.WovenClasses;
import java.util.Iterator;

/**
 * What the agent's own thread does: it opens the store, follows it, and has every new state enforced. A daemon, so that
 * it never keeps a JVM alive; the only thread, unless a store has one of its own.
 */
final class AgentLoop implements Runnable {

    private static final String THREAD = "maintenance-agent";

    private final Settings settings;
    private final Enforcement enforcement;
    private final StatusCollector statusCollector;
    private final WovenClasses woven;
    private final AgentProperties agentProperties;
    private final ErrorReporter errors;
    private final Thread thread = new Thread(this, THREAD);

    private volatile boolean stopped;
    private volatile StateWatcher watcher;

    AgentLoop(
            Settings settings,
            Enforcement enforcement,
            StatusCollector statusCollector,
            WovenClasses woven,
            AgentProperties agentProperties,
            ErrorReporter errors) {
        this.settings = settings;
        this.enforcement = enforcement;
        this.statusCollector = statusCollector;
        this.woven = woven;
        this.agentProperties = agentProperties;
        this.errors = errors;
    }

    void start() {
        thread.setDaemon(true);
        thread.setContextClassLoader(AgentLoop.class.getClassLoader());
        thread.start();
    }

    /**
     * Has the thread say good-bye and end, after the reading that it is at. That may take longer than anybody waits,
     * and has no effect any more.
     *
     * @param millis how long to wait for it
     */
    void stop(long millis) {
        stopped = true;
        StateWatcher following = watcher;
        if (following != null) {
            following.close();
        }
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            follow();
        } catch (Throwable fault) {
            if (!stopped) {
                // Requests wait for a first state; they must not wait for one that never comes.
                enforcement.enforce(EffectiveState.of(settings.enable(), null, null));
                errors.report("agent", "the state cannot be followed (" + fault + "); the application runs without it");
            }
        }
        errors.flush();
    }

    private void follow() {
        Enforcer enforcer = new Enforcer(settings, enforcement, statusCollector, woven, agentProperties, errors);
        if (settings.enable() != null) {
            enforcer.stored(null); // whatever the store says, if it ever does
        }
        try (StateStore store = open()) {
            enforcer.reportTo(store);
            watcher = new StateWatcher(store, enforcer.otherwise(), new WhileFollowing(enforcer), errors);
            if (!stopped) {
                watcher.run();
            }
            enforcer.leave();
        }
    }

    private StateStore open() {
        if (settings.store() != null) {
            try {
                StateStore store = new StateStores(new StoreExtensions()).open(settings.store());
                if (store != null && store.name() != null) {
                    return store;
                }
                throw new IllegalArgumentException("a store with a name; the extension gave none");
            } catch (Throwable e) {
                errors.report(
                        "setting store",
                        "setting \"store\" has the bad value \"" + settings.storeName() + "\" and is ignored; allowed: "
                                + e.getMessage());
            }
        }
        return new FileStore(settings.file());
    }

    /** A store may give its answer after the agent has left, or has come back and follows another one. */
    private final class WhileFollowing implements StateWatcher.Listener {
        private final Enforcer enforcer;

        WhileFollowing(Enforcer enforcer) {
            this.enforcer = enforcer;
        }

        @Override
        public void stored(State stored) {
            if (!stopped) {
                enforcer.stored(stored);
            }
        }

        @Override
        public void polled(boolean reachable) {
            if (!stopped) {
                enforcer.polled(reachable);
            }
        }
    }

    /** Found when a scheme is asked for that is not the agent's own. */
    private final class StoreExtensions implements Iterable<StateStoreFactory> {
        @Override
        public Iterator<StateStoreFactory> iterator() {
            return new Extensions(settings.extensions(), errors)
                    .load(StateStoreFactory.class)
                    .iterator();
        }
    }
}
