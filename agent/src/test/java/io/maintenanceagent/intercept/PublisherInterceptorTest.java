package io.maintenanceagent.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.inflight.InFlightRequest;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.state.State;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A request that was let in is in flight until the publisher ends that its entry returned. */
class PublisherInterceptorTest {

    private final FakeContainer container = new FakeContainer();
    private final PublisherInterceptor publishers = new PublisherInterceptor(container.running, container.errors);

    private InFlightRequest begin() {
        InFlightRequest request = container.running.begin(RequestSnapshot.copy(new EmptyRequest()));
        container.running.pass(request);
        return request;
    }

    @Test
    void inFlightUntilThePublisherEnds() {
        container.enforce(State.OFF);
        InFlightRequest request = begin();
        Sinks.One<Object> sink = Sinks.one();
        Mono<?> told = (Mono<?>) publishers.awaitEnd(sink.asMono(), request.ticket());
        told.subscribe();
        container.interceptor.ends(request.ticket());
        assertEquals(1, container.inFlight().total());
        sink.tryEmitValue("value");
        assertEquals(0, container.inFlight().total());
    }

    @Test
    void endBeforeTheEntryReturns_isNoEndBeforeThat() {
        InFlightRequest request = begin();
        ((Mono<?>) publishers.awaitEnd(Mono.empty(), request.ticket())).subscribe();
        assertEquals(1, container.inFlight().total());
        container.interceptor.ends(request.ticket());
        assertEquals(0, container.inFlight().total());
    }

    @Test
    void aServerBelowTellsTheEndToo_theFirstToTellItEndsIt() {
        InFlightRequest request = begin();
        Object exchange = new Object();
        container.running.awaitCompletion(request, exchange);
        Sinks.One<Object> sink = Sinks.one();
        ((Mono<?>) publishers.awaitEnd(sink.asMono(), request.ticket())).subscribe(value -> {}, error -> {});
        container.interceptor.ends(request.ticket());
        assertEquals(1, container.inFlight().total());
        sink.tryEmitError(new IllegalStateException("as asked"));
        assertEquals(0, container.inFlight().total(), "the server may never tell it");
        container.running.completed(exchange);
        assertEquals(0, container.inFlight().total());
    }

    @Test
    void whatIsNoMono_isSaidAndCountsNoLonger() {
        InFlightRequest request = begin();
        assertEquals("text", publishers.awaitEnd("text", request.ticket()));
        container.interceptor.ends(request.ticket());
        assertEquals(0, container.inFlight().total());
        assertTrue(container.errors.last().contains("the end of a reactive request cannot be awaited"));
    }

    private static final class EmptyRequest implements io.maintenanceagent.api.RequestView {
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
    }
}
