package io.maintenanceagent.hook;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongBiFunction;

/**
 * What a woven method calls. This is the one class of the agent that the application's classes can see: at start it is
 * defined again under the name {@code java.lang.MaintenanceHook}, the only package that every class loader of every
 * container delegates (OSGi, JBoss Modules and Open Liberty hide everything else, the bootstrap path included).
 *
 * <p>Because it lives there it refers to types of {@code java.base} only, and it has no inner class and no lambda. No
 * field and no method of it has the class itself in its type: under the other name that would be a class that nobody
 * finds, which the JIT compiler gives up on.
 *
 * <p>A woven entry reads like this:
 *
 * <pre>{@code
 * if (MaintenanceHook.enter(request, response)) return;
 * try { ... MaintenanceHook.exit(); } catch (Throwable t) { MaintenanceHook.exit(t); throw t; }
 * }</pre>
 *
 * <p>Only the outermost woven entry on a thread is told to the agent, and its end. What is nested in it belongs to a
 * request that was let in, and passes whatever flips meanwhile: two reads and an addition.
 *
 * <p>Units of work that are no requests are told by themselves, nested or not: {@link #beginWork}.
 *
 * <p>Safe for any thread. Nothing here throws, but for what {@link #beginWork} is told to.
 */
public final class MaintenanceHook {

    /** What the agent answers at an outermost entry that it has nothing to be told about at its end. */
    public static final long NOTHING = 0;

    /** What it answers if it has refused and answered the request. */
    public static final long REFUSED = -1;

    /** What it answers at an entry point of a server's own if it is to be asked again at the first one within. */
    public static final long UNDECIDED = -2;

    /** An instance is what is known of one thread: there is no other class for it. */
    private static final ThreadLocal<MaintenanceHook> FRAME = new ThreadLocal<MaintenanceHook>();

    private static final AtomicBoolean CLAIMED = new AtomicBoolean();

    private static volatile ToLongBiFunction<Object, Object> begin;
    private static volatile ToLongBiFunction<Object, Object> filter;
    private static volatile ToLongBiFunction<Object, Object> server;
    private static volatile LongConsumer end;
    private static volatile ObjLongConsumer<Object> async;
    private static volatile Consumer<Object> complete;
    private static volatile BiFunction<Object, Object, Object> publisher;
    private static volatile Predicate<StackTraceElement> entry;
    private static volatile Function<String, AutoCloseable> on;
    private static volatile BooleanSupplier isOn;
    private static volatile BiFunction<Integer, Object[], Object> workBegin;
    private static volatile BiFunction<Object, Object, Object> statement;
    private static volatile BiFunction<Object, Object, Object> workEnd;
    private static volatile BiConsumer<Throwable, Object> workFail;
    private static volatile ObjLongConsumer<Object> socket;

    /** How many woven methods are on the thread's stack. */
    private int depth;

    /** Whether that may be too high. */
    private boolean suspect;

    /**
     * What the agent wants to have back at the end of the outermost entry, or {@link #NOTHING}. A number, since a new
     * object written into an old one costs a memory fence under G1.
     */
    private long ticket;

    private MaintenanceHook() {}

    /**
     * Takes the hook as {@link #claim(ToLongBiFunction, ToLongBiFunction, ToLongBiFunction, LongConsumer,
     * ObjLongConsumer, Consumer, BiFunction, Predicate)} does. For reflection, which since Java 18 makes classes for
     * each new shape of a call: this one is there already, and eight parameters cost a start more than the whole agent.
     *
     * @param functions these arguments, as {@code Object[]}
     * @return whether it was free
     */
    @SuppressWarnings("unchecked")
    public static Object claim(Object functions) {
        Object[] all = (Object[]) functions;
        return claim(
                (ToLongBiFunction<Object, Object>) all[0],
                (ToLongBiFunction<Object, Object>) all[1],
                (ToLongBiFunction<Object, Object>) all[2],
                (LongConsumer) all[3],
                (ObjLongConsumer<Object>) all[4],
                (Consumer<Object>) all[5],
                (BiFunction<Object, Object, Object>) all[6],
                (Predicate<StackTraceElement>) all[7]);
    }

    /**
     * Takes the hook for the first agent of this JVM, and for nobody after it. None of the functions may throw; what
     * they throw nevertheless is swallowed.
     *
     * @param beginning told the request and the response of each outermost entry; answers {@link #REFUSED}, or a
     *     positive ticket that it wants to be told at the end, or {@link #NOTHING}
     * @param filtering the same for filters; answers {@link #UNDECIDED}, too
     * @param enteringServer told the entry point and the arguments ({@code Object[]}) of each outermost entry that is
     *     the container's own; answers the same, or {@link #UNDECIDED}. Where a fourth element is there it is for the
     *     publisher that answers a refused request
     * @param ending told the ticket, when the outermost entry is over; its negative, if by an exception
     * @param asynchronous told the context of the asynchronous processing that has begun within, and the ticket
     * @param completing told by which object a request is known that a server has done with, on any thread
     * @param publishing told the publisher that a woven method is about to return, and the ticket; answers the
     *     publisher to return in its place
     * @param wovenEntry whether a frame of a stack is a woven entry
     * @return whether it was free
     */
    public static boolean claim(
            ToLongBiFunction<Object, Object> beginning,
            ToLongBiFunction<Object, Object> filtering,
            ToLongBiFunction<Object, Object> enteringServer,
            LongConsumer ending,
            ObjLongConsumer<Object> asynchronous,
            Consumer<Object> completing,
            BiFunction<Object, Object, Object> publishing,
            Predicate<StackTraceElement> wovenEntry) {
        if (!CLAIMED.compareAndSet(false, true)) {
            return false;
        }
        end = ending;
        async = asynchronous;
        complete = completing;
        publisher = publishing;
        entry = wovenEntry;
        filter = filtering;
        server = enteringServer;
        begin = beginning;
        return true;
    }

    /**
     * Says who answers {@link #on} and {@link #isOn}.
     *
     * @param override asks for maintenance in this JVM, with a message or {@code null}; closing the result takes it
     *     back
     * @param state whether a request without any exemption would be refused
     */
    public static void offer(Function<String, AutoCloseable> override, BooleanSupplier state) {
        on = override;
        isOn = state;
    }

    /**
     * The same for reflection; see {@link #claim(Object)}.
     *
     * @param functions the two, as {@code Object[]}
     * @return {@code null}
     */
    @SuppressWarnings("unchecked")
    public static Object offer(Object functions) {
        Object[] both = (Object[]) functions;
        offer((Function<String, AutoCloseable>) both[0], (BooleanSupplier) both[1]);
        return null;
    }

    /**
     * For the application's own code, which finds this method by reflection.
     *
     * @param message what to tell those who are refused, or {@code null} for the default
     * @return what ends it, or {@code null} if no agent is active
     */
    public static AutoCloseable on(String message) {
        Function<String, AutoCloseable> function = on;
        return function == null ? null : function.apply(message);
    }

    /** @return whether the agent of this JVM is in maintenance; {@code false} if there is none */
    public static boolean isOn() {
        BooleanSupplier function = isOn;
        return function != null && function.getAsBoolean();
    }

    /**
     * The beginning of a woven entry.
     *
     * @param request the first argument of the woven method
     * @param response its second argument
     * @return {@code true} if the agent has refused and answered the request: the method must return at once, without
     *     {@link #exit()}
     */
    public static boolean enter(Object request, Object response) {
        return isRefused(begin, request, response);
    }

    /**
     * The beginning of a woven filter, or of the chain that leads to the next one. Where the request cannot be decided
     * yet it is no entry, as with a container's own: the first one within is the outermost then.
     *
     * @param request the first argument of the woven method
     * @param response its second argument
     * @return as for {@link #enter}
     */
    public static boolean enterFilter(Object request, Object response) {
        return isRefused(filter, request, response);
    }

    /**
     * The beginning of an entry that is the container's own. Where the request cannot be decided yet it is none: the
     * first one within is the outermost then, and the {@link #exit()} of this one finds nothing to end.
     *
     * @param entryPoint the name of the entry point
     * @param first an argument of the woven method
     * @param second another one, or {@code null}
     * @param third another one, or {@code null}
     * @return as for {@link #enter}
     */
    public static boolean enterAt(String entryPoint, Object first, Object second, Object third) {
        return isRefused(server, entryPoint, new Object[] {first, second, third});
    }

    /**
     * The end of a method of the container that returns whether there is something left to do, or nothing to be done.
     *
     * @param result what it returns; nothing is asked if it is {@code true}
     * @param answered what it is to return if the agent answers the request
     * @param entryPoint the name of the entry point
     * @param first an argument of the woven method
     * @param second another one, or {@code null}
     * @param third another one, or {@code null}
     * @return what it is to return
     */
    public static boolean endAt(
            boolean result, boolean answered, String entryPoint, Object first, Object second, Object third) {
        if (result) {
            return true;
        }
        if (enterAt(entryPoint, first, second, third)) {
            return answered;
        }
        exit();
        return false;
    }

    /**
     * The beginning of an entry that returns a publisher, whose end is the request's.
     *
     * @param entryPoint the name of the entry point
     * @param first an argument of the woven method
     * @param second another one, or {@code null}
     * @param third another one, or {@code null}
     * @return a publisher that answers the request, if the agent has refused it: the method must return it at once,
     *     without {@link #exitPublisher}; else {@code null}
     */
    public static Object enterPublisher(String entryPoint, Object first, Object second, Object third) {
        Object[] arguments = {first, second, third, null};
        return isRefused(server, entryPoint, arguments) ? arguments[3] : null;
    }

    /**
     * The end of such an entry.
     *
     * @param returned the publisher that the method is about to return, or {@code null}
     * @return what it is to return: the same, or one that tells the agent its end
     */
    public static Object exitPublisher(Object returned) {
        MaintenanceHook frame = FRAME.get();
        if (frame == null) {
            return returned;
        }
        Object told = returned;
        if (frame.depth > 0 && frame.ticket != NOTHING && returned != null) {
            try {
                told = publisher.apply(returned, frame.ticket);
            } catch (Throwable fault) {
                // the application's request goes on
            }
        }
        frame.leave(false);
        return told;
    }

    /** The end of a woven entry whose {@link #enter} returned {@code false}, however it ends. */
    public static void exit() {
        MaintenanceHook frame = FRAME.get();
        if (frame != null) {
            frame.leave(false);
        }
    }

    /**
     * The end of a woven entry by an exception.
     *
     * @param thrown the exception; after a stack overflow it is not certain that the methods further in came this far
     */
    public static void exit(Throwable thrown) {
        MaintenanceHook frame = FRAME.get();
        if (frame != null) {
            if (thrown instanceof StackOverflowError) {
                frame.suspect = true;
            }
            frame.leave(true);
        }
    }

    /**
     * The end of a woven {@code startAsync}.
     *
     * @param context what it returns
     */
    public static void async(Object context) {
        MaintenanceHook frame = FRAME.get();
        if (frame != null && frame.ticket != NOTHING && context != null) {
            try {
                async.accept(context, frame.ticket);
            } catch (Throwable fault) {
                // the application's request goes on
            }
        }
    }

    /**
     * A server has done with a request, on whatever thread.
     *
     * @param request what the request is known by
     */
    public static void completed(Object request) {
        Consumer<Object> function = complete;
        if (function != null) {
            try {
                function.accept(request);
            } catch (Throwable fault) {
                // the server goes on
            }
        }
    }

    /**
     * Says who is told of sockets that outlive their handshake. It may not throw; what it throws nevertheless is
     * swallowed.
     *
     * @param opening told the socket, or the handshake that leads to one, and the ticket of the request that runs on
     *     the thread, {@link #NOTHING} if there is none
     */
    public static void offerSockets(ObjLongConsumer<Object> opening) {
        socket = opening;
    }

    /**
     * A socket is opened, on whatever thread.
     *
     * @param opened the socket, or the handshake that leads to one
     */
    public static void opened(Object opened) {
        ObjLongConsumer<Object> function = socket;
        if (function != null && opened != null) {
            MaintenanceHook frame = FRAME.get();
            try {
                function.accept(opened, frame == null ? NOTHING : frame.ticket);
            } catch (Throwable fault) {
                // the server goes on
            }
        }
    }

    /**
     * Says who is told of units of work that are no requests. None of the functions may throw; what they throw
     * nevertheless is swallowed.
     *
     * @param beginning told the number of the entry point, and the arguments ({@code Object[3]}); answers as
     *     {@link #beginWork}, or an exception that the woven method is to throw
     * @param ending told what it has answered, if that was not {@code null}, and what the woven method is about to
     *     return; answers what it is to return, if that is an object
     * @param failing told the same where it ends by an exception
     */
    public static void offerWork(
            BiFunction<Integer, Object[], Object> beginning,
            BiFunction<Object, Object, Object> ending,
            BiConsumer<Throwable, Object> failing) {
        workEnd = ending;
        workFail = failing;
        workBegin = beginning;
    }

    /**
     * The beginning of a woven unit of work, which may have to wait here. Throws what the agent wants thrown in place
     * of the work, checked or not.
     *
     * @param entryPoint the number of the entry point
     * @param first an argument of the woven method
     * @param second another one, or {@code null}
     * @param third another one, or {@code null}
     * @return an {@code Object[]} with what the method must return at once; else what is to be shown to
     *     {@link #endWork} or {@link #failWork}, or {@code null}
     */
    public static Object beginWork(int entryPoint, Object first, Object second, Object third) {
        BiFunction<Integer, Object[], Object> function = workBegin;
        if (function == null) {
            return null;
        }
        Object told;
        try {
            told = function.apply(entryPoint, new Object[] {first, second, third});
        } catch (Throwable fault) {
            return null; // the application's work goes on
        }
        if (told instanceof Throwable) {
            MaintenanceHook.<RuntimeException>raise((Throwable) told);
        }
        return told;
    }

    /**
     * Says who is told of statements of JDBC's. It may not throw; what it throws nevertheless is swallowed.
     *
     * @param beginning told the statement, and its text, or {@code true} if it writes whatever its text is, or
     *     {@code null}; answers as {@link #beginWork}, or an exception that the woven method is to throw
     */
    public static void offerStatements(BiFunction<Object, Object, Object> beginning) {
        statement = beginning;
    }

    /**
     * The beginning of a statement of JDBC's; as {@link #beginWork}, without an array on the way.
     *
     * @param executed the statement, or a result set that is written through
     * @param text its text, or {@code true} if it writes whatever its text is, or {@code null}
     * @return as {@link #beginWork}
     */
    public static Object beginStatement(Object executed, Object text) {
        BiFunction<Object, Object, Object> function = statement;
        if (function == null) {
            return null;
        }
        Object told;
        try {
            told = function.apply(executed, text);
        } catch (Throwable fault) {
            return null; // the application's statement goes on
        }
        if (told instanceof Throwable) {
            MaintenanceHook.<RuntimeException>raise((Throwable) told);
        }
        return told;
    }

    /** Throws anything: the JVM knows no checked exceptions. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /**
     * The end of a woven unit of work.
     *
     * @param result what the method is about to return, if that is an object; else {@code null}
     * @param told what {@link #beginWork} returned
     * @return what it is to return
     */
    public static Object endWork(Object result, Object told) {
        if (told == null) {
            return result;
        }
        try {
            return workEnd.apply(told, result);
        } catch (Throwable fault) {
            return result;
        }
    }

    /**
     * The end of a woven unit of work by an exception.
     *
     * @param thrown the exception
     * @param told what {@link #beginWork} returned
     */
    public static void failWork(Throwable thrown, Object told) {
        if (told != null) {
            try {
                workFail.accept(thrown, told);
            } catch (Throwable fault) {
                // the application's exception goes on
            }
        }
    }

    private static boolean isRefused(ToLongBiFunction<Object, Object> function, Object first, Object second) {
        MaintenanceHook frame = FRAME.get();
        if (frame == null) {
            frame = new MaintenanceHook();
            FRAME.set(frame);
        } else if (frame.suspect && begin != null) {
            frame.recount();
        }
        if (frame.depth == 0) {
            long told = frame.ask(function, first, second);
            if (told < 0) {
                return told == REFUSED;
            }
        }
        // Last, so that an error thrown above (a stack overflow) leaves no entry behind that nobody ends.
        frame.depth++;
        return false;
    }

    private void leave(boolean failed) {
        if (depth > 0 && --depth == 0 && ticket != NOTHING) {
            over(failed);
        }
    }

    private void over(boolean failed) {
        long told = ticket;
        ticket = NOTHING;
        try {
            end.accept(failed ? -told : told);
        } catch (Throwable fault) {
            // the application's request goes on
        }
    }

    /** Looks at the stack itself: with nothing woven on it, but for the caller, this is the outermost entry. */
    private void recount() {
        StackTraceElement[] stack = new Throwable().getStackTrace();
        for (int i = 4; i < stack.length; i++) { // this method, its caller, enter, the woven method
            if (entry.test(stack[i])) {
                return;
            }
        }
        depth = 0;
        suspect = false;
    }

    /** What the agent answers at an outermost entry; {@link #NOTHING} without one. */
    private long ask(ToLongBiFunction<Object, Object> function, Object first, Object second) {
        if (function == null) {
            return NOTHING;
        }
        // While the agent works, anything woven that it touches (a request wrapper, say) counts as nested.
        depth = 1;
        try {
            if (ticket != NOTHING) {
                over(false); // its end was lost
            }
            long told = function.applyAsLong(first, second);
            if (told > 0) {
                ticket = told;
            }
            return told;
        } catch (Throwable fault) {
            return NOTHING;
        } finally {
            depth = 0;
        }
    }
}
