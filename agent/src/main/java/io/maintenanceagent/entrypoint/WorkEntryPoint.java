package io.maintenanceagent.entrypoint;

import static io.maintenanceagent.entrypoint.Owner.in;

/**
 * The methods in which a unit of work begins and ends that is no request: a job, a message, a transaction. The one
 * table of them; {@link EntryPoint} is that of requests. All of them are woven alike: the hook is asked where the
 * method begins, and told where it ends, on the same thread. It may have the method return at once, with any value.
 *
 * <p>Loaded only where the setting {@code guard} names such work. In descriptors {@code ~} stands for {@code javax} and
 * for {@code jakarta}. Immutable; safe for any thread.
 */
public enum WorkEntryPoint {
    /** Spring 3.2 and later: a method that is annotated with {@code @Scheduled}. */
    SPRING_SCHEDULED(
            WorkKind.SCHEDULES,
            in("org/springframework/scheduling/support/ScheduledMethodRunnable"),
            "run",
            "()V",
            Adapters.SPRING,
            0);

    private static final WorkEntryPoint[] ALL = values();

    private final WorkKind kind;
    private final Owner owner;
    private final String method;
    private final String[] descriptors;
    private final String adapter;
    private final int[] arguments;

    WorkEntryPoint(WorkKind kind, Owner owner, String method, String descriptor, String adapter, int... arguments) {
        this.kind = kind;
        this.owner = owner;
        this.method = method;
        this.descriptors = descriptor.indexOf('~') < 0
                ? new String[] {descriptor}
                : new String[] {descriptor.replace("~", "javax"), descriptor.replace("~", "jakarta")};
        this.adapter = adapter;
        this.arguments = arguments;
    }

    /**
     * Returns the entry point of a number.
     *
     * @param ordinal its {@link #ordinal}
     */
    public static WorkEntryPoint at(int ordinal) {
        return ALL[ordinal];
    }

    /** Returns how many there are. */
    public static int count() {
        return ALL.length;
    }

    /** Returns the kind of work that begins there. */
    public WorkKind kind() {
        return kind;
    }

    /** Returns the name of its method. */
    public String method() {
        return method;
    }

    /** Returns the method's descriptors (JVMS 4.3.3), one for each namespace. */
    public String[] descriptors() {
        return descriptors.clone();
    }

    /** Returns the name of the class that decides there: a {@code WorkAdapter}. */
    public String adapter() {
        return adapter;
    }

    /** Returns the slots of the arguments that the adapter is shown, three at the most; all of them are objects. */
    public int[] arguments() {
        return arguments.clone();
    }

    /** Returns the internal name of the class that has its method; {@code null} if several may. */
    public String className() {
        return owner.className();
    }

    /** Returns which classes have its method. */
    Owner owner() {
        return owner;
    }

    /** Returns whether a method is it, by owner, name and descriptor. */
    boolean is(String ownerName, String parent, boolean isStatic, String name, String descriptor) {
        if (!method.equals(name) || !(owner.isAny() ? !isStatic : owner.names(ownerName, parent))) {
            return false;
        }
        for (String candidate : descriptors) {
            if (candidate.equals(descriptor)) {
                return true;
            }
        }
        return false;
    }

    /** Which class decides there: one for each framework. */
    private static final class Adapters {
        static final String SPRING = "io.maintenanceagent.work.schedule.SpringScheduleAdapter";
    }
}
