package io.maintenanceagent.boot;

import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.intercept.PublisherInterceptor;
import io.maintenanceagent.intercept.RequestInterceptor;
import io.maintenanceagent.intercept.ServerEntryInterceptor;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongBiFunction;

/**
 * The functions that the hook calls, each one call of a method with a name: the hook knows no types but the JDK's. No
 * lambdas, as they are made while the application starts.
 */
final class HookFunctions {

    private HookFunctions() {}

    /** The outermost entry is a servlet, a filter chain or a handler. */
    static final class ServletBegins implements ToLongBiFunction<Object, Object> {
        private final RequestInterceptor requests;

        ServletBegins(RequestInterceptor requests) {
            this.requests = requests;
        }

        @Override
        public long applyAsLong(Object request, Object response) {
            return requests.servletBegins(request, response);
        }
    }

    /** The outermost entry is a filter. */
    static final class FilterBegins implements ToLongBiFunction<Object, Object> {
        private final RequestInterceptor requests;

        FilterBegins(RequestInterceptor requests) {
            this.requests = requests;
        }

        @Override
        public long applyAsLong(Object request, Object response) {
            return requests.filterBegins(request, response);
        }
    }

    /** The outermost entry is a server's own. */
    static final class ServerEntryBegins implements ToLongBiFunction<Object, Object> {
        private final ServerEntryInterceptor servers;

        ServerEntryBegins(ServerEntryInterceptor servers) {
            this.servers = servers;
        }

        @Override
        public long applyAsLong(Object entryPoint, Object arguments) {
            return servers.begins((String) entryPoint, (Object[]) arguments);
        }
    }

    /** The outermost entry is over. */
    static final class Ends implements LongConsumer {
        private final RequestInterceptor requests;

        Ends(RequestInterceptor requests) {
            this.requests = requests;
        }

        @Override
        public void accept(long ticket) {
            requests.ends(ticket);
        }
    }

    /** A request becomes asynchronous. */
    static final class StartsAsync implements ObjLongConsumer<Object> {
        private final RequestInterceptor requests;

        StartsAsync(RequestInterceptor requests) {
            this.requests = requests;
        }

        @Override
        public void accept(Object asyncContext, long ticket) {
            requests.startsAsync(asyncContext, ticket);
        }
    }

    /** A server has done with a request. */
    static final class Completed implements Consumer<Object> {
        private final RequestInterceptor requests;

        Completed(RequestInterceptor requests) {
            this.requests = requests;
        }

        @Override
        public void accept(Object exchange) {
            requests.completed(exchange);
        }
    }

    /** A woven method returns a publisher. */
    static final class Returns implements BiFunction<Object, Object, Object> {
        private final PublisherInterceptor publishers;

        Returns(PublisherInterceptor publishers) {
            this.publishers = publishers;
        }

        @Override
        public Object apply(Object publisher, Object ticket) {
            return publishers.awaitEnd(publisher, (Long) ticket);
        }
    }

    /** The application's own code asks for maintenance. */
    static final class AsksForMaintenance implements Function<String, AutoCloseable> {
        private final Enforcement enforcement;

        AsksForMaintenance(Enforcement enforcement) {
            this.enforcement = enforcement;
        }

        @Override
        public AutoCloseable apply(String message) {
            return enforcement.override().on(message);
        }
    }

    /** The application's own code asks whether maintenance is on. */
    static final class IsOn implements BooleanSupplier {
        private final Enforcement enforcement;

        IsOn(Enforcement enforcement) {
            this.enforcement = enforcement;
        }

        @Override
        public boolean getAsBoolean() {
            return enforcement.isOn(System.currentTimeMillis());
        }
    }
}
