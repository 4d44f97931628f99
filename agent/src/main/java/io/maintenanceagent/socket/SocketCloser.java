package io.maintenanceagent.socket;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.OpenSocket;
import io.maintenanceagent.inflight.OpenSockets;
import io.maintenanceagent.inflight.SocketSnapshot;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import java.lang.reflect.InvocationTargetException;
import java.util.Iterator;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Closes open WebSockets and event streams in maintenance, where the policy asks for it: those whose request would be
 * refused if it began now, a grace after maintenance began. A client that does not answer is cut off after
 * {@link #ANSWER_NANOS}.
 *
 * <p>A socket is closed on one of a few threads of its own, which are there while there is something to close: the
 * application's code for the end of a socket runs there, and a client may not read. Each looks once more whether it is
 * still to be closed. Safe for any thread.
 */
public final class SocketCloser implements Supplier<SocketSnapshot> {

    /** "Service Restart": the client may come back (IANA, WebSocket Close Code Number Registry). */
    private static final int SERVICE_RESTART = 1012;

    private static final String REASON = "in maintenance";
    private static final int THREADS = 8;
    private static final long IDLE_SECONDS = 5;
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** As often as {@link #look} is called, in milliseconds. */
    private static final long PERIOD_MILLIS = 1000;

    private final Enforcement enforcement;
    private final InFlightRequests requests;
    private final OpenSockets sockets;
    private final ErrorReporter errors;
    private final AtomicLong closed = new AtomicLong();
    private final AtomicBoolean planned = new AtomicBoolean();
    private final AtomicBoolean running = new AtomicBoolean();
    private ScheduledThreadPoolExecutor threads; // null until there is something to close; guarded by this

    private final Predicate<RequestView> refused = new Predicate<RequestView>() {
        @Override
        public boolean test(RequestView request) {
            return enforcement.refusesInFlight(request, System.currentTimeMillis());
        }
    };

    /**
     * @param enforcement what is enforced
     * @param requests the requests in flight
     * @param sockets the sockets that are open
     * @param errors where a socket is reported that cannot be closed
     */
    public SocketCloser(Enforcement enforcement, InFlightRequests requests, OpenSockets sockets, ErrorReporter errors) {
        this.enforcement = enforcement;
        this.requests = requests;
        this.sockets = sockets;
        this.errors = errors;
    }

    /** Returns how many sockets are open; {@code null} if the policy does not ask to close them. */
    @Override
    public SocketSnapshot get() {
        if (enforcement.socketsCloseInMillis() < 0) {
            return null;
        }
        boolean hasShare = hasShare();
        SocketSnapshot snapshot = new SocketSnapshot(closed.get());
        for (Iterator<OpenSocket> all = sockets.all().iterator(); all.hasNext(); ) {
            OpenSocket open = all.next();
            Object socket = open.socket();
            if (socket == null) {
                continue; // its handshake is running, or it was none
            }
            if (SocketAdapters.of(socket).isOpen(socket)) {
                snapshot.add(open, isToClose(open, hasShare));
            } else if (open.isOld()) {
                all.remove();
            }
        }
        return snapshot;
    }

    /** Closes what is to be closed, or plans it for its time. Called every second, and after each change. */
    public void look() {
        long millis = enforcement.socketsCloseInMillis();
        boolean isNear = millis >= 0 && millis <= PERIOD_MILLIS;
        if (isNear && (sockets.isAny() || requests.isAnyAsync()) && planned.compareAndSet(false, true)) {
            try {
                threads().schedule(new Closing(), millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ended) {
                planned.set(false);
            }
        }
    }

    /** Closes nothing any more. */
    public synchronized void stop() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    private synchronized ScheduledThreadPoolExecutor threads() {
        if (threads == null) {
            threads = new ScheduledThreadPoolExecutor(THREADS, new Threads());
            threads.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
            threads.allowCoreThreadTimeOut(true);
        }
        return threads;
    }

    private boolean hasShare() {
        return enforcement.enforced() != null && enforcement.enforced().state().admit() != null;
    }

    private boolean isToClose(OpenSocket open, boolean hasShare) {
        return !open.stays(hasShare) && refused.test(open.request());
    }

    private boolean isTime() {
        return enforcement.socketsCloseInMillis() == 0;
    }

    private final class Closing implements Runnable {
        @Override
        public void run() {
            planned.set(false);
            if (isTime() && running.compareAndSet(false, true)) {
                try {
                    closeAll();
                } finally {
                    running.set(false);
                }
            }
        }
    }

    private void closeAll() {
        boolean hasShare = hasShare();
        for (OpenSocket open : sockets.all()) {
            Object socket = open.socket();
            if (socket != null
                    && (open.toldForNanos() < 0 || open.toldForNanos() > ANSWER_NANOS)
                    && SocketAdapters.of(socket).isOpen(socket)
                    && isToClose(open, hasShare)) {
                threads().execute(new ClosingSocket(open));
            }
        }
        for (Object stream : requests.refusedAsync(refused, hasShare)) {
            if (EventStreams.is(stream)) {
                threads().execute(new EndingStream(stream));
            }
        }
    }

    private final class ClosingSocket implements Runnable {
        private final OpenSocket open;

        ClosingSocket(OpenSocket open) {
            this.open = open;
        }

        @Override
        public void run() {
            Object socket = open.socket();
            if (socket == null || !isTime() || !isToClose(open, hasShare())) {
                return;
            }
            SocketAdapter adapter = SocketAdapters.of(socket);
            try {
                if (open.toldForNanos() > ANSWER_NANOS) {
                    adapter.abort(socket);
                } else if (!open.tell()) {
                    return; // by another thread, a moment ago
                } else if (adapter.close(socket, SERVICE_RESTART, REASON)) {
                    closed.incrementAndGet();
                } else {
                    open.untell();
                }
            } catch (Throwable fault) {
                if (adapter.isOpen(socket)) { // else the client was faster
                    Throwable cause = fault instanceof InvocationTargetException ? fault.getCause() : fault;
                    errors.reportOnce(
                            "socket close " + cause.getClass(),
                            "a WebSocket could not be closed (" + cause + "); it counts until it is");
                }
            }
        }
    }

    private final class EndingStream implements Runnable {
        private final Object request;

        EndingStream(Object request) {
            this.request = request;
        }

        @Override
        public void run() {
            try {
                if (isTime() && EventStreams.end(request)) {
                    closed.incrementAndGet();
                }
            } catch (Throwable fault) {
                errors.reportOnce(
                        "stream end " + fault.getClass(),
                        "an event stream could not be ended (" + fault + "); it counts until it is");
            }
        }
    }

    private static final class Threads implements ThreadFactory {
        @Override
        public Thread newThread(Runnable job) {
            Thread thread = new Thread(job, "maintenance-agent-sockets");
            thread.setDaemon(true);
            thread.setContextClassLoader(SocketCloser.class.getClassLoader());
            return thread;
        }
    }
}
