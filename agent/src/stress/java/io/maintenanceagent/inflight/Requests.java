package io.maintenanceagent.inflight;

import io.maintenanceagent.api.RequestView;
import java.util.concurrent.atomic.AtomicInteger;

/** In-flight requests of one test, all of the same kind. */
final class Requests {

    static final RequestView VIEW = new RequestView() {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public String contextPath() {
            return "";
        }

        @Override
        public String host() {
            return "";
        }

        @Override
        public String header(String name) {
            return null;
        }
    };

    final InFlightRequests requests = new InFlightRequests();

    /** One that was let in on this thread. */
    InFlightRequest begun() {
        InFlightRequest request = requests.begin(VIEW);
        request.letIn(false);
        return request;
    }

    int inFlight() {
        return requests.snapshot(request -> true, false, 0).total();
    }

    /** How many of these requests, which have ended, still have their place. */
    int unfreed(InFlightRequest... ended) {
        AtomicInteger unfreed = new AtomicInteger();
        for (InFlightRequest request : ended) {
            if (requests.with(request.ticket()) == request) {
                unfreed.incrementAndGet();
            }
        }
        return unfreed.get();
    }
}
