package io.maintenanceagent.intercept;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.inflight.InFlightRequest;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.policy.Decision;
import io.maintenanceagent.policy.DecisionKind;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.server.ForwardableExchange;
import io.maintenanceagent.server.RequestSnapshot;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests that were let in at one server, and that a proxy there may send on to a servlet container in the same JVM:
 * one request, counted where it came in. It carries a mark, which proxies send on as they do other headers. A mark
 * counts while its request is in flight, on connections from this machine; nobody can guess one.
 *
 * <p>Safe for any thread.
 */
final class ForwardedRequests {

    /** The header that has the mark. */
    static final String HEADER = "X-Maintenance-Request";

    private static final int MARK_BYTES = 16;

    private final Enforcement enforcement;
    private final InFlightRequests inFlight;
    private final AdmittedThreads threads;
    private final ErrorReporter errors;
    private final ConcurrentMap<String, Admitted> admitted = new ConcurrentHashMap<String, Admitted>();
    private volatile boolean any;

    ForwardedRequests(
            Enforcement enforcement, InFlightRequests inFlight, AdmittedThreads threads, ErrorReporter errors) {
        this.enforcement = enforcement;
        this.inFlight = inFlight;
        this.threads = threads;
        this.errors = errors;
    }

    /** Returns what is enforced now. */
    Enforced enforced() {
        return new Enforced(enforcement.snapshotAtOnce(), System.currentTimeMillis());
    }

    /**
     * Marks a request that was let in.
     *
     * @param before what was enforced before it was decided
     */
    void mark(ForwardableExchange exchange, Enforced before) {
        try {
            String mark = Marks.next();
            exchange.mark(HEADER, mark);
            admitted.put(mark, new Admitted(exchange.completion(), before));
            any = true;
        } catch (RuntimeException | LinkageError fault) {
            errors.reportOnce(
                    "mark " + fault.getClass(),
                    "a request cannot be marked (" + fault
                            + "); what is sent on to another server of this JVM is decided there again");
        }
    }

    /**
     * Lets a request in that was let in at another server of this JVM before.
     *
     * @param kept what is kept of it, or {@code null} if no request begins
     * @param request the same request as it is seen here
     * @param isServlet whether it is at its servlet or filter
     * @return the ticket of what has begun to run, or {@link MaintenanceHook#UNDECIDED} if it is none, or would have
     *     been refused before for what is known here alone
     */
    long goesOn(RequestSnapshot kept, RequestView request, boolean isServlet) {
        String mark = kept == null || !kept.mayBegin() ? null : request.header(HEADER);
        Admitted before = mark == null ? null : admitted.get(mark);
        Object completion = before == null ? null : before.completion.get();
        InFlightRequest outer = completion == null ? null : inFlight.of(completion);
        if (outer == null
                || !isFromThisMachine(request.remoteAddress())
                || before.enforced.refuses(request, outer.isStaying(), isServlet)) {
            return MaintenanceHook.UNDECIDED;
        }
        if (enforcement.mayRefuse()) {
            threads.requestBegins();
        }
        return inFlight.goOn(kept, completion).ticket();
    }

    /** A request is over, marked or not, by which object it was known. */
    void completed(Object exchange) {
        if (any && exchange instanceof ForwardableExchange.Marked) {
            String mark = ((ForwardableExchange.Marked) exchange).mark();
            if (mark != null) {
                admitted.remove(mark);
            }
        }
    }

    /** Returns whether there ever was one. */
    boolean isAny() {
        return any;
    }

    private static boolean isFromThisMachine(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    }

    private static final class Admitted {
        final WeakReference<Object> completion; // whose collection ends the request
        final Enforced enforced;

        Admitted(Object completion, Enforced enforced) {
            this.completion = new WeakReference<Object>(completion);
            this.enforced = enforced;
        }
    }

    /** What was enforced at some time. */
    static final class Enforced {
        private final EnforcementSnapshot snapshot; // null while nothing is known
        private final long epochMillis;

        Enforced(EnforcementSnapshot snapshot, long epochMillis) {
            this.snapshot = snapshot;
            this.epochMillis = epochMillis;
        }

        /**
         * Returns whether a request is refused by it that was let in as another server saw it, or may be.
         *
         * @param stays whether it was let in there for a reason that holds in maintenance
         * @param isServlet whether it is at its servlet or filter
         */
        private boolean refuses(RequestView request, boolean stays, boolean isServlet) {
            if (snapshot == null || !snapshot.mayRefuse) {
                return false;
            }
            if (snapshot.decider().asksForUser() || snapshot.decider().asksForServlet() && !isServlet) {
                return true;
            }
            Decision decision = snapshot.decide(request, epochMillis);
            return decision.isStopped() && (!stays || decision.kind() == DecisionKind.RULE_ON);
        }
    }

    /** Numbers, each hidden behind the digest of it and a secret of this JVM. */
    private static final class Marks {
        private static final MessageDigest SECRET = secret();
        private static final AtomicLong NUMBER = new AtomicLong();

        static String next() {
            try {
                MessageDigest digest = (MessageDigest) SECRET.clone();
                byte[] hidden =
                        digest.digest(Long.toString(NUMBER.incrementAndGet()).getBytes(StandardCharsets.US_ASCII));
                StringBuilder mark = new StringBuilder(2 * MARK_BYTES);
                for (int i = 0; i < MARK_BYTES; i++) {
                    mark.append(Character.forDigit(hidden[i] >> 4 & 15, 16));
                    mark.append(Character.forDigit(hidden[i] & 15, 16));
                }
                return mark.toString();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e); // the JDK's own can be copied
            }
        }

        private static MessageDigest secret() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
                return digest;
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every JDK has it
            }
        }
    }
}
