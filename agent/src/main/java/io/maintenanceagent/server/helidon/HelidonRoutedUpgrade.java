package io.maintenanceagent.server.helidon;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.PublisherExchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;

/** The same of later versions of Helidon 4, whose routing looks at a handshake first, and is told what comes of it. */
final class HelidonRoutedUpgrade implements PublisherExchange {

    private static final ClassValue<MethodHandle> NOT_APPLICABLE = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return ServerType.of(type, HelidonMethods.REQUEST)
                    .neighbour("io.helidon.webserver.http1.spi.Http1UpgradeResult")
                    .method("notApplicable", methodType(Object.class));
        }
    };

    private final Object routingRequest;
    private final HelidonRequest request;

    HelidonRoutedUpgrade(Object routingRequest) {
        this.routingRequest = routingRequest;
        this.request = new HelidonRequest(routingRequest, HelidonMethods.of(routingRequest));
    }

    @Override
    public boolean isAnsweredWithin() {
        return true;
    }

    /** {@inheritDoc} There is no upgrade: the routing gets the request once more, as one like any other. */
    @Override
    public Object answer() {
        try {
            return (Object) NOT_APPLICABLE.get(routingRequest.getClass()).invokeExact();
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return RequestSnapshot.copy(request);
    }

    @Override
    public boolean mayAuthenticate() {
        return false;
    }

    @Override
    public RequestView request() {
        return request;
    }

    /** {@inheritDoc} It is another one that is sent. */
    @Override
    public ResponseSink response() {
        throw new UnsupportedOperationException();
    }
}
