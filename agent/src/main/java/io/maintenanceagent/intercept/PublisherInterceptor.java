package io.maintenanceagent.intercept;

import io.maintenanceagent.inflight.AsyncOperation;
import io.maintenanceagent.inflight.InFlightRequest;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.server.undertow.ClosedConnection;
import io.maintenanceagent.server.webflux.MonoCompletion;
import java.util.function.BooleanSupplier;

/**
 * What the hook shows the publishers to that woven methods return: a request that was let in is in flight until its
 * publisher ends, on whichever thread. Also where a server below tells its end, which may not: Undertow tells none of a
 * connection that was closed within a response. Safe for any thread.
 */
public final class PublisherInterceptor {

    private final InFlightRequests inFlight;
    private final ErrorReporter errors;

    /**
     * @param inFlight the requests in flight
     * @param errors where its own faults are reported
     */
    public PublisherInterceptor(InFlightRequests inFlight, ErrorReporter errors) {
        this.inFlight = inFlight;
        this.errors = errors;
    }

    /**
     * Returns the publisher to return in place of another one: it tells its end. The same if nobody waits for that.
     *
     * @param publisher what a woven method is about to return
     * @param ticket of its request
     */
    public Object awaitEnd(Object publisher, long ticket) {
        InFlightRequest request = inFlight.with(ticket);
        AsyncOperation started = inFlight.startAsync(request);
        final AsyncOperation operation = started == null ? inFlight.operation(request) : started;
        if (operation == null) {
            return publisher;
        }
        try {
            MonoCompletion completion = new MonoCompletion(new Runnable() {
                @Override
                public void run() {
                    operation.complete();
                }
            });
            Object told = completion.of(publisher);
            BooleanSupplier closed = ClosedConnection.of(operation.exchange());
            if (started != null) {
                operation.whenLost(closed == null ? completion.dropped() : new Either(completion.dropped(), closed));
            } else if (closed != null) {
                operation.whenLost(closed);
            }
            return told;
        } catch (Throwable fault) {
            if (started != null) {
                started.complete();
            }
            errors.reportOnce(
                    "publisher " + fault.getClass(),
                    "the end of a reactive request cannot be awaited (" + fault
                            + "); such requests count as finished when their handler has returned");
            return publisher;
        }
    }

    private static final class Either implements BooleanSupplier {
        private final BooleanSupplier one;
        private final BooleanSupplier other;

        Either(BooleanSupplier one, BooleanSupplier other) {
            this.one = one;
            this.other = other;
        }

        @Override
        public boolean getAsBoolean() {
            return one.getAsBoolean() || other.getAsBoolean();
        }
    }
}
