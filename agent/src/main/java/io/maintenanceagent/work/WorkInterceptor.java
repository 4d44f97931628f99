package io.maintenanceagent.work;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.report.ErrorReporter;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * What the hook calls where a unit of work begins: has the adapter of the framework decide, each loaded when its
 * framework is met. A fault of its own lets the work begin. Safe for any thread.
 */
public final class WorkInterceptor implements BiFunction<Integer, Object[], Object> {

    private final WorkGuard guard;
    private final ErrorReporter errors;
    private final AtomicReferenceArray<WorkAdapter> adapters =
            new AtomicReferenceArray<WorkAdapter>(WorkEntryPoint.count());

    /**
     * @param guard decides
     * @param errors where its own faults are reported
     */
    public WorkInterceptor(WorkGuard guard, ErrorReporter errors) {
        this.guard = guard;
        this.errors = errors;
    }

    /**
     * A unit of work begins.
     *
     * @param number the ordinal of its {@link WorkEntryPoint}
     * @param arguments of the woven method
     * @return as {@link WorkAdapter#begins}
     */
    @Override
    public Object apply(Integer number, Object[] arguments) {
        try {
            return adapter(number).begins(WorkEntryPoint.at(number), arguments);
        } catch (Throwable fault) {
            errors.reportOnce(
                    "work " + number + " " + fault.getClass(),
                    "a unit of work (" + WorkEntryPoint.at(number).kind().guard() + ") could not be decided (" + fault
                            + "); it goes on");
            return null;
        }
    }

    /**
     * Has an adapter decide that is made elsewhere.
     *
     * @param adapter decides at the entry points that name its class
     */
    public synchronized void use(WorkAdapter adapter) {
        for (int i = 0; i < adapters.length(); i++) {
            if (WorkEntryPoint.at(i).adapter().equals(adapter.getClass().getName())) {
                adapters.set(i, adapter);
            }
        }
    }

    private WorkAdapter adapter(int number) throws ReflectiveOperationException {
        WorkAdapter adapter = adapters.get(number);
        return adapter == null ? load(number) : adapter;
    }

    /** One adapter for all entry points that name it. */
    private synchronized WorkAdapter load(int number) throws ReflectiveOperationException {
        String name = WorkEntryPoint.at(number).adapter();
        for (int i = 0; i < adapters.length(); i++) {
            WorkAdapter loaded = adapters.get(i);
            if (loaded != null && loaded.getClass().getName().equals(name)) {
                adapters.set(number, loaded);
                return loaded;
            }
        }
        WorkAdapter adapter = (WorkAdapter)
                Class.forName(name).getConstructor(WorkGuard.class).newInstance(guard);
        adapters.set(number, adapter);
        return adapter;
    }

    /** Returns what is told the end of a woven method. */
    public BiFunction<Object, Object, Object> ends() {
        return new Ends();
    }

    /** Returns what is told the end of a woven method by an exception. */
    public BiConsumer<Throwable, Object> failures() {
        return new Failures();
    }

    private void report(Throwable fault) {
        errors.reportOnce(
                "work end " + fault.getClass(), "the end of a unit of work could not be noted (" + fault + ")");
    }

    private final class Ends implements BiFunction<Object, Object, Object> {
        @Override
        public Object apply(Object told, Object result) {
            try {
                return ((BegunWork) told).ended(result);
            } catch (Throwable fault) {
                report(fault);
                return result;
            }
        }
    }

    private final class Failures implements BiConsumer<Throwable, Object> {
        @Override
        public void accept(Throwable thrown, Object told) {
            try {
                ((BegunWork) told).failed(thrown);
            } catch (Throwable fault) {
                report(fault);
            }
        }
    }
}
