package io.maintenanceagent.weave;

import io.maintenanceagent.entrypoint.EntryPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Servers whose requests come through nothing that is woven, each known by a class that is loaded when such a server is
 * made, and not before. A server is covered as soon as {@link EntryPoint} names the class through which its requests
 * enter: then such a class says that requests will go through the agent. Safe for any thread.
 */
public final class UncoveredServers {

    private static final String NETTY = "io/netty/handler/codec/http/HttpObjectDecoder";

    /** WebFlux on Reactor Netty, which decides whatever version of HTTP its requests come by. */
    private static final String WEBFLUX = "org/springframework/http/server/reactive/ReactorHttpHandlerAdapter";

    private static final Server[] ALL = {
        // Agents of others bring one for their own numbers, beside what the application is served by.
        server("the JDK's HttpServer", "sun/net/httpserver/ServerImpl")
                .entered("com/sun/net/httpserver/Filter$Chain")
                .unless("io/prometheus/jmx/JavaAgent", "org/jolokia/jvmagent/JvmAgent"),
        server("a Netty HTTP server", "io/netty/handler/codec/http/HttpServerCodec")
                .entered(NETTY),
        server("a Netty HTTP server", "io/netty/handler/codec/http/HttpRequestDecoder")
                .entered(NETTY),
        server("HTTP/3 on Netty", "io/netty/handler/codec/http3/Http3ServerConnectionHandler")
                .unless(WEBFLUX),
        server("HTTP/3 on Netty", "io/netty/incubator/codec/http3/Http3ServerConnectionHandler")
                .unless(WEBFLUX),
        server("gRPC", "io/grpc/internal/ServerImpl")
                .entered("io/grpc/internal/ServerImpl$ServerTransportListenerImpl"),
        server("Undertow", "io/undertow/Undertow").entered("io/undertow/server/Connectors"),
        server("Grizzly", "org/glassfish/grizzly/http/server/HttpServer")
                .entered("org/glassfish/grizzly/http/server/HttpHandler"),
        server("Helidon", "io/helidon/webserver/http/HttpRouting")
                .entered("io/helidon/webserver/http/HttpRouting", "io/helidon/webserver/http/HttpRoutingImpl"),
        server("Apache HttpCore", "org/apache/http/impl/bootstrap/HttpServer"),
        server("Apache HttpCore", "org/apache/hc/core5/http/impl/bootstrap/HttpServer")
    };

    private static final Set<String> OF_INTEREST = ofInterest();

    /** The same names, as classes that are loaded have them. */
    private static final Set<String> OF_INTEREST_LOADED = withDots(OF_INTEREST);

    private final Set<String> loaded = ConcurrentHashMap.newKeySet();

    /** @param name the internal name of a class that is being loaded, or {@code null}; mostly one of no interest */
    void seen(String name) {
        if (name != null && OF_INTEREST.contains(name)) {
            loaded.add(name);
        }
    }

    /** @param classes classes that were loaded before the transformer was there */
    public void seen(Class<?>[] classes) {
        for (Class<?> type : classes) {
            String name = type.getName();
            if (OF_INTEREST_LOADED.contains(name)) {
                loaded.add(name.replace('.', '/'));
            }
        }
    }

    /**
     * @param served whether requests come through what is woven, too: then a server is left out that somebody else is
     *     known to bring or to cover
     * @return what such servers there are, as people call them; mostly none
     */
    public List<String> found(boolean served) {
        if (loaded.isEmpty()) {
            return Collections.emptyList();
        }
        Set<String> found = new LinkedHashSet<String>();
        for (Server server : ALL) {
            if (!server.isCovered && loaded.contains(server.made) && !(served && anyIsLoaded(server.others))) {
                found.add(server.name);
            }
        }
        return new ArrayList<String>(found);
    }

    /**
     * @return whether a server is here that is woven where it gets its requests, be it at the first of them, and that
     *     nobody else is known to bring
     */
    public boolean hasCovered() {
        for (Server server : ALL) {
            if (server.isCovered && loaded.contains(server.made) && !anyIsLoaded(server.others)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a class of interest is loaded, by its internal name. */
    boolean isLoaded(String name) {
        return loaded.contains(name);
    }

    private boolean anyIsLoaded(String[] names) {
        for (String name : names) {
            if (loaded.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> ofInterest() {
        Set<String> names = new HashSet<String>();
        for (Server server : ALL) {
            names.add(server.made);
            Collections.addAll(names, server.others);
        }
        UnguardedWork.addNames(names);
        return names;
    }

    private static Set<String> withDots(Set<String> internal) {
        Set<String> names = new HashSet<String>();
        for (String name : internal) {
            names.add(name.replace('/', '.'));
        }
        return names;
    }

    private static Server server(String name, String made) {
        return new Server(name, made);
    }

    /** A row of the table. */
    private static final class Server {
        private static final String[] NONE = {};

        final String name;
        final String made;
        boolean isCovered;
        String[] others = NONE;

        /**
         * @param name what people call it
         * @param made the class that is loaded when one is made
         */
        Server(String name, String made) {
            this.name = name;
            this.made = made;
        }

        /** Says through which classes its requests enter: any that is woven covers it. */
        Server entered(String... classes) {
            for (String entry : classes) {
                isCovered |= EntryPoint.isNamed(entry, null);
            }
            return this;
        }

        /** Says by which classes it is known that somebody else brings it, or is served through it. */
        Server unless(String... classes) {
            others = classes;
            return this;
        }
    }
}
