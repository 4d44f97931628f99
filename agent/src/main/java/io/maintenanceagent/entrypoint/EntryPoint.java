package io.maintenanceagent.entrypoint;

import static io.maintenanceagent.entrypoint.Owner.anyWith;
import static io.maintenanceagent.entrypoint.Owner.extending;
import static io.maintenanceagent.entrypoint.Owner.in;
import static io.maintenanceagent.entrypoint.Owner.shared;
import static io.maintenanceagent.entrypoint.Weaving.ASYNC;
import static io.maintenanceagent.entrypoint.Weaving.BEGIN;
import static io.maintenanceagent.entrypoint.Weaving.BEGIN_FALSE;
import static io.maintenanceagent.entrypoint.Weaving.COMPLETED;
import static io.maintenanceagent.entrypoint.Weaving.COMPLETING;
import static io.maintenanceagent.entrypoint.Weaving.END;
import static io.maintenanceagent.entrypoint.Weaving.END_FALSE;
import static io.maintenanceagent.entrypoint.Weaving.OPENED;
import static io.maintenanceagent.entrypoint.Weaving.PUBLISHER;
import static io.maintenanceagent.entrypoint.Weaving.SERVLET;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The methods through which requests enter an application, or a server that answers them itself: which classes have
 * them, how they are woven, and which adapter reads the request there. The one table of them. The weaver, the hook, the
 * search of loaded classes and the adapters use no other.
 *
 * <p>Methods of the servlet API are known by name and descriptor in any class. Those of a server are known by class as
 * well; a server that has them otherwise is woven as any unknown one is. In descriptors {@code ~} stands for
 * {@code javax/servlet} and for {@code jakarta/servlet}.
 *
 * <p>Immutable; safe for any thread.
 */
public enum EntryPoint {
    /** Servlets, JSPs and static files. */
    SERVLET_SERVICE(SERVLET, anyWith("servlet.Servlet"), "service", Descriptors.CALL + ")V"),
    FILTER(Weaving.FILTER, anyWith("servlet.Filter"), "doFilter", Descriptors.CALL + "L~/FilterChain;)V"),

    /**
     * The server's own class. It covers filters that are lambdas: hidden classes are never offered to a transformer.
     */
    FILTER_CHAIN(Weaving.FILTER, anyWith("servlet.FilterChain"), "doFilter", Descriptors.CALL + ")V"),

    /** The server's own class. It has to be known at once: behind its entry the request may be over (Undertow). */
    START_ASYNC(ASYNC, anyWith("servlet.ServletRequest"), "startAsync", "()L~/AsyncContext;"),
    START_ASYNC_WRAPPED(ASYNC, anyWith("servlet.ServletRequest"), "startAsync", Descriptors.CALL + ")L~/AsyncContext;"),

    /** Tomcat 7 and later: behind the valves of the host, which know the client's address. */
    TOMCAT_HOST(
            BEGIN,
            in("org/apache/catalina/core/StandardHostValve"),
            "invoke",
            "(Lorg/apache/catalina/connector/Request;Lorg/apache/catalina/connector/Response;)V",
            Adapters.TOMCAT,
            1,
            2),

    /** It says by {@code false} that it has answered, with a redirect to a directory, or {@code OPTIONS *}. */
    TOMCAT_PARSED(
            END_FALSE,
            in("org/apache/catalina/connector/CoyoteAdapter"),
            "postParseRequest",
            "(Lorg/apache/coyote/Request;Lorg/apache/catalina/connector/Request;Lorg/apache/coyote/Response;"
                    + "Lorg/apache/catalina/connector/Response;)Z",
            Adapters.TOMCAT,
            2,
            4),

    /** Jetty 12: before the login of an application. */
    JETTY_LOGIN(
            BEGIN,
            in("org/eclipse/jetty/security/SecurityHandler"),
            "handle",
            Descriptors.JETTY_HANDLE + "Z",
            Adapters.JETTY,
            1,
            2,
            3),

    /** Jetty 12: a redirect to the root of an application. */
    JETTY_REDIRECT(
            BEGIN,
            in(Descriptors.JETTY_CONTEXT),
            "handleMovedPermanently",
            Descriptors.JETTY_HANDLE + "V",
            Adapters.JETTY,
            1,
            2,
            3),

    /** Jetty 12: what an application keeps from clients ({@code WEB-INF}). */
    JETTY_CONTEXT(
            BEGIN,
            in(Descriptors.JETTY_CONTEXT),
            "handleByContextHandler",
            "(Ljava/lang/String;Lorg/eclipse/jetty/server/handler/ContextRequest;" + Descriptors.JETTY_ANSWER + "Z",
            Adapters.JETTY,
            2,
            3,
            4),

    /** Jetty 12: what nothing serves. */
    JETTY_DEFAULT(
            BEGIN,
            in("org/eclipse/jetty/server/handler/DefaultHandler"),
            "handle",
            Descriptors.JETTY_HANDLE + "Z",
            Adapters.JETTY,
            1,
            2,
            3),

    /** Jetty 12: it says by {@code false} that nobody has answered. */
    JETTY_SERVER(
            END,
            in("org/eclipse/jetty/server/Server"),
            "handle",
            Descriptors.JETTY_HANDLE + "Z",
            Adapters.JETTY,
            1,
            2,
            3),

    /** Jetty 12: files that its core serves without a servlet. */
    JETTY_FILE(
            BEGIN,
            in("org/eclipse/jetty/server/ResourceService"),
            "doGet",
            "(Lorg/eclipse/jetty/server/Request;Lorg/eclipse/jetty/server/Response;Lorg/eclipse/jetty/util/Callback;"
                    + "Lorg/eclipse/jetty/http/content/HttpContent;)V",
            Adapters.JETTY,
            1,
            2,
            3),

    /** Jetty 12.1: the OPTIONS of files; a static method. */
    JETTY_FILE_OPTIONS(
            BEGIN,
            in("org/eclipse/jetty/server/Handler"),
            "optionsMethodHandled",
            "(Ljava/lang/String;Lorg/eclipse/jetty/server/Request;" + Descriptors.JETTY_ANSWER + "Z",
            Adapters.JETTY,
            1,
            2,
            3),

    /** Jetty 12: handlers behind which there are no others, whatever they are called. */
    JETTY_HANDLER(
            BEGIN,
            extending("org/eclipse/jetty/server/Handler$Abstract", Descriptors.JETTY_EE),
            "handle",
            Descriptors.JETTY_HANDLE + "Z",
            Adapters.JETTY,
            1,
            2,
            3),
    JETTY_NON_BLOCKING_HANDLER(
            BEGIN,
            extending("org/eclipse/jetty/server/Handler$Abstract$NonBlocking", Descriptors.JETTY_EE),
            "handle",
            Descriptors.JETTY_HANDLE + "Z",
            Adapters.JETTY,
            1,
            2,
            3),

    /**
     * Jetty 9 to 11: a redirect to the root of an application. It says by {@code false} that the request is not for the
     * application, or is answered.
     */
    JETTY_9_REDIRECT(
            BEGIN_FALSE,
            in(Descriptors.JETTY_CONTEXT),
            "checkContext",
            "(Ljava/lang/String;Lorg/eclipse/jetty/server/Request;L~/http/HttpServletResponse;)Z",
            Adapters.JETTY_9,
            0,
            1,
            2),

    /** Jetty 9 to 11: what nothing serves. */
    JETTY_9_DEFAULT(
            BEGIN,
            in("org/eclipse/jetty/server/handler/DefaultHandler"),
            "handle",
            Descriptors.JETTY_9_HANDLE,
            Adapters.JETTY_9,
            2),

    /** Jetty 9 to 11: what no handler has answered. */
    JETTY_9_SERVER(
            END_FALSE,
            in("org/eclipse/jetty/server/Server"),
            "handle",
            "(Lorg/eclipse/jetty/server/HttpChannel;)V",
            Adapters.JETTY_9,
            1),

    /** Jetty 9 to 11: in an application, once the servlet is known. */
    JETTY_9_CONTEXT(
            BEGIN, in(Descriptors.JETTY_CONTEXT), "doHandle", Descriptors.JETTY_9_HANDLE, Adapters.JETTY_9, 2, 3, 4),

    /** The same of EE 8 and 9 on Jetty 12, which bring classes of their own. */
    JETTY_EE8_CONTEXT(
            BEGIN,
            in("org/eclipse/jetty/ee8/nested/ContextHandler"),
            "doHandle",
            Descriptors.JETTY_EE8_HANDLE,
            Adapters.JETTY_9,
            2,
            3,
            4),
    JETTY_EE9_CONTEXT(
            BEGIN,
            in("org/eclipse/jetty/ee9/nested/ContextHandler"),
            "doHandle",
            Descriptors.JETTY_EE9_HANDLE,
            Adapters.JETTY_9,
            2,
            3,
            4),

    /** Jetty 9 to 11: files that its core serves, and handlers behind which there are no others. */
    JETTY_9_FILE(
            BEGIN,
            in("org/eclipse/jetty/server/handler/ResourceHandler"),
            "handle",
            Descriptors.JETTY_9_HANDLE,
            Adapters.JETTY_9,
            0,
            2),
    JETTY_9_HANDLER(
            BEGIN,
            extending("org/eclipse/jetty/server/handler/AbstractHandler", Descriptors.JETTY_EE),
            "handle",
            Descriptors.JETTY_9_HANDLE,
            Adapters.JETTY_9,
            2),

    /** Undertow: the outermost handler of an application, once the servlet is known. */
    UNDERTOW_APPLICATION(
            BEGIN,
            in("io/undertow/servlet/handlers/SendErrorPageHandler"),
            "handleRequest",
            Descriptors.UNDERTOW_HANDLE,
            Adapters.UNDERTOW,
            0,
            1),

    /** The outermost one before Undertow 2.2. */
    UNDERTOW_LOGIN(
            BEGIN,
            in("io/undertow/servlet/handlers/security/ServletConfidentialityConstraintHandler"),
            "handleRequest",
            Descriptors.UNDERTOW_HANDLE,
            Adapters.UNDERTOW,
            0,
            1),
    UNDERTOW_DIRECTORY(
            BEGIN,
            in("io/undertow/servlet/handlers/RedirectDirHandler"),
            "handleRequest",
            Descriptors.UNDERTOW_HANDLE,
            Adapters.UNDERTOW,
            0,
            1),

    /** What is not served of an application ({@code WEB-INF}). */
    UNDERTOW_END(
            END_FALSE,
            in("io/undertow/servlet/handlers/ServletInitialHandler"),
            "handleRequest",
            Descriptors.UNDERTOW_HANDLE,
            Adapters.UNDERTOW,
            0,
            1),

    /** On its way to a servlet, on a thread that may wait: requests that came there before maintenance began. */
    UNDERTOW_DISPATCHED(
            BEGIN,
            in("io/undertow/servlet/handlers/ServletInitialHandler"),
            "dispatchRequest",
            "(L" + Descriptors.UNDERTOW_EXCHANGE + ";Lio/undertow/servlet/handlers/ServletRequestContext;"
                    + "Lio/undertow/servlet/handlers/ServletChain;L~/DispatcherType;)V",
            Adapters.UNDERTOW,
            0,
            1,
            4),

    /** What nothing serves. */
    UNDERTOW_DEFAULT(
            BEGIN,
            in("io/undertow/server/handlers/ResponseCodeHandler"),
            "handleRequest",
            Descriptors.UNDERTOW_HANDLE,
            Adapters.UNDERTOW,
            1),
    UNDERTOW_REDIRECT(
            BEGIN,
            in("io/undertow/server/handlers/RedirectHandler"),
            "handleRequest",
            Descriptors.UNDERTOW_HANDLE,
            Adapters.UNDERTOW,
            1),

    /** Files without a servlet (WildFly's welcome page). */
    UNDERTOW_FILE(
            BEGIN,
            in("io/undertow/server/handlers/resource/ResourceHandler"),
            "handleRequest",
            Descriptors.UNDERTOW_HANDLE,
            Adapters.UNDERTOW,
            1),

    /** From a thread for input and output, files go on to another thread, and only there on to the next handler. */
    UNDERTOW_FILE_DISPATCHED(
            BEGIN,
            in("io/undertow/server/handlers/resource/ResourceHandler$1"),
            "handleRequest",
            Descriptors.UNDERTOW_HANDLE,
            Adapters.UNDERTOW,
            1),

    /** Methods that WildFly lets nobody use. */
    UNDERTOW_DISALLOWED_METHOD(
            BEGIN,
            in("io/undertow/server/handlers/DisallowedMethodsHandler"),
            "handleRequest",
            Descriptors.UNDERTOW_HANDLE,
            Adapters.UNDERTOW,
            1),

    /** WildFly's {@code OPTIONS *}. */
    UNDERTOW_OPTIONS(
            BEGIN,
            in("org/wildfly/extension/undertow/Host$OptionsHandler"),
            "handleRequest",
            Descriptors.UNDERTOW_HANDLE,
            Adapters.UNDERTOW,
            1),

    /**
     * Undertow's core, before any handler; where applications have servlets, their own entry points know more. It is
     * called again where a handler goes on on another thread.
     */
    UNDERTOW_ROOT(
            BEGIN,
            in("io/undertow/server/Connectors"),
            "executeRootHandler",
            "(Lio/undertow/server/HttpHandler;Lio/undertow/server/HttpServerExchange;)V",
            Adapters.UNDERTOW,
            1,
            0),
    UNDERTOW_COMPLETED(
            COMPLETED,
            in("io/undertow/server/protocol/http/HttpServerConnection"),
            "exchangeComplete",
            Descriptors.UNDERTOW_HANDLE,
            1,
            null),
    UNDERTOW_HTTP2_COMPLETED(
            COMPLETED,
            in("io/undertow/server/protocol/http2/Http2ServerConnection"),
            "exchangeComplete",
            Descriptors.UNDERTOW_HANDLE,
            1,
            null),
    UNDERTOW_AJP_COMPLETED(
            COMPLETED,
            in("io/undertow/server/protocol/ajp/AjpServerConnection"),
            "exchangeComplete",
            Descriptors.UNDERTOW_HANDLE,
            1,
            null),

    /** Open Liberty: before the login of an application, once the servlet is known. */
    LIBERTY_FILTERS(
            BEGIN,
            in("com/ibm/ws/webcontainer/filter/WebAppFilterManager"),
            "invokeFilters",
            Descriptors.CALL + "Lcom/ibm/wsspi/webcontainer/servlet/IServletContext;"
                    + "Lcom/ibm/wsspi/webcontainer/RequestProcessor;Ljava/util/EnumSet;"
                    + "Lcom/ibm/wsspi/http/HttpInboundConnection;)Z",
            Adapters.LIBERTY,
            1,
            2),

    /** Before that: what comes to no servlet. */
    LIBERTY_APPLICATION(
            BEGIN,
            in("com/ibm/ws/webcontainer/webapp/WebApp"),
            "handleRequest",
            Descriptors.CALL + "Lcom/ibm/wsspi/http/HttpInboundConnection;)V",
            Adapters.LIBERTY,
            0,
            1,
            2),

    /** What no application is for: the welcome page, and the rest. */
    LIBERTY_WELCOME(
            BEGIN,
            in("com/ibm/ws/http/dispatcher/internal/channel/HttpDispatcherLink"),
            "displayLandingPage",
            "(Ljava/io/InputStream;)V",
            Adapters.LIBERTY,
            0),
    LIBERTY_NOT_FOUND(
            BEGIN,
            in("com/ibm/ws/http/dispatcher/internal/channel/HttpDispatcherLink"),
            "send404Message",
            "(Ljava/lang/String;)V",
            Adapters.LIBERTY,
            0),

    /** Grizzly, and the containers on it: before any handler. It says by {@code true} that it has answered. */
    GRIZZLY_HANDLER(
            BEGIN,
            in("org/glassfish/grizzly/http/server/HttpHandler"),
            "doHandle",
            Descriptors.GRIZZLY_HANDLE,
            Adapters.GRIZZLY,
            0,
            1,
            2),
    GRIZZLY_CHAIN(
            BEGIN,
            in("org/glassfish/grizzly/http/server/HttpHandlerChain"),
            "doHandle",
            Descriptors.GRIZZLY_HANDLE,
            Adapters.GRIZZLY,
            0,
            1,
            2),
    GRIZZLY_COMPLETED(
            COMPLETED,
            in("org/glassfish/grizzly/http/server/HttpServerFilter"),
            "afterService",
            "(Lorg/glassfish/grizzly/filterchain/FilterChainContext;Lorg/glassfish/grizzly/Connection;"
                    + Descriptors.GRIZZLY_CALL + "Lorg/glassfish/grizzly/filterchain/NextAction;",
            3,
            null),

    /** Helidon 4.1 and later: before its filters and routes, on HTTP/1.1 and HTTP/2. */
    HELIDON_ROUTING(
            BEGIN,
            in("io/helidon/webserver/http/HttpRoutingImpl"),
            "route",
            Descriptors.HELIDON_ROUTE,
            Adapters.HELIDON,
            2,
            3),

    /** The same of 4.0, where it is no interface. */
    HELIDON_40_ROUTING(
            BEGIN,
            in("io/helidon/webserver/http/HttpRouting"),
            "route",
            Descriptors.HELIDON_ROUTE,
            Adapters.HELIDON,
            2,
            3),

    /**
     * A WebSocket handshake of Helidon, which is looked at before the routing. Without an upgrade, which {@code null}
     * stands for, the routing answers.
     */
    HELIDON_WEB_SOCKET(
            BEGIN,
            in("io/helidon/webserver/websocket/WsUpgrader"),
            "upgrade",
            "(Lio/helidon/webserver/ConnectionContext;Lio/helidon/http/HttpPrologue;Lio/helidon/http/WritableHeaders;)"
                    + "Lio/helidon/webserver/spi/ServerConnection;",
            Adapters.HELIDON,
            1,
            2,
            3),

    /** The same of 4.5, and of whatever else is an upgrade there. */
    HELIDON_ROUTED_WEB_SOCKET(
            PUBLISHER,
            in("io/helidon/webserver/http/HttpRoutingImpl"),
            "routeUpgrade",
            Descriptors.HELIDON_ROUTE.replace(
                    ")V",
                    "Lio/helidon/webserver/http1/spi/Http1UpgradeResponse;"
                            + "Lio/helidon/webserver/http1/spi/Http1RoutedUpgrade;)"
                            + "Lio/helidon/webserver/http1/spi/Http1UpgradeResult;"),
            Adapters.HELIDON,
            2),

    /** The JDK's HttpServer: before the filters, the login and the handler of a context. Chains nest. */
    JDK_CHAIN(
            BEGIN,
            in("com/sun/net/httpserver/Filter$Chain"),
            "doFilter",
            "(Lcom/sun/net/httpserver/HttpExchange;)V",
            Adapters.JDK,
            1),

    /** The response is sent, or given up. */
    JDK_CLOSED(COMPLETED, in(Descriptors.JDK_EXCHANGE), "close", "()V", 0, Descriptors.JDK_IDENTITY),

    /** The response is sent, and its stream is closed. */
    JDK_WRITTEN(
            COMPLETED,
            in("sun/net/httpserver/WriteFinishedEvent"),
            "<init>",
            "(L" + Descriptors.JDK_EXCHANGE + ";)V",
            1,
            Descriptors.JDK_IDENTITY),

    /** The same of later JDKs. */
    JDK_EVENT_WRITTEN(
            COMPLETED,
            in("sun/net/httpserver/Event$WriteFinished"),
            "<init>",
            "(L" + Descriptors.JDK_EXCHANGE + ";)V",
            1,
            Descriptors.JDK_IDENTITY),

    /**
     * Spring WebFlux 5.0 and later, on any server: before the application's filters, and Spring's forwarded headers.
     */
    WEBFLUX(
            PUBLISHER,
            in("org/springframework/web/server/adapter/HttpWebHandlerAdapter"),
            "handle",
            "(Lorg/springframework/http/server/reactive/ServerHttpRequest;"
                    + "Lorg/springframework/http/server/reactive/ServerHttpResponse;)Lreactor/core/publisher/Mono;",
            Adapters.WEBFLUX,
            1,
            2,
            0),

    /** Netty 4.0 and later: a decoder of HTTP/1 hands something on, which may be a request. */
    NETTY_DECODED(
            END_FALSE,
            shared("io/netty/handler/codec/http/HttpObjectDecoder"),
            "decode",
            "(Lio/netty/channel/ChannelHandlerContext;Lio/netty/buffer/ByteBuf;Ljava/util/List;)V",
            Adapters.NETTY,
            0,
            1,
            3),

    /** A connection of HTTP/2 has been upgraded, or has begun. */
    NETTY_SETTINGS(
            BEGIN,
            shared(Descriptors.NETTY_FRAMES),
            "onSettingsRead",
            "(Lio/netty/channel/ChannelHandlerContext;Lio/netty/handler/codec/http2/Http2Settings;)V",
            Adapters.NETTY,
            0,
            1),

    /** A stream of HTTP/2 begins, on a connection that may be older than the agent. */
    NETTY_HEADERS(
            BEGIN,
            shared(Descriptors.NETTY_FRAMES),
            "onHeadersRead",
            "(Lio/netty/channel/ChannelHandlerContext;ILio/netty/handler/codec/http2/Http2Headers;ISZIZ)V",
            Adapters.NETTY,
            0,
            1),

    /** The agent's own handlers, which these have put in: before whatever handles a request. */
    NETTY_REQUEST(BEGIN, in(Descriptors.NETTY_HANDLER + "NettyExchange"), "enter", "()Z", Adapters.NETTY, 0),

    /** The response is sent, or the client is gone. */
    NETTY_COMPLETED(COMPLETING, in(Descriptors.NETTY_HANDLER + "AdmittedRequest"), "run", "()V", 0, null),

    /** gRPC on any transport: before the method is looked up. */
    GRPC_STREAM(
            BEGIN,
            in("io/grpc/internal/ServerImpl$ServerTransportListenerImpl"),
            "streamCreated",
            "(Lio/grpc/internal/ServerStream;Ljava/lang/String;Lio/grpc/Metadata;)V",
            Adapters.GRPC,
            1,
            2,
            3),

    /** What the application's part of a call is told by, made within; of 1.20, of 1.40, and of later versions. */
    GRPC_20_LISTENER(ASYNC, in(Descriptors.GRPC_LISTENER), "<init>", Descriptors.GRPC_CALL + ")V"),
    GRPC_LISTENER(ASYNC, in(Descriptors.GRPC_LISTENER), "<init>", Descriptors.GRPC_CALL + "Lio/perfmark/Tag;)V"),
    GRPC_TRAILERS_LISTENER(
            ASYNC,
            in(Descriptors.GRPC_LISTENER),
            "<init>",
            Descriptors.GRPC_CALL + "Lio/perfmark/Tag;Lio/grpc/Metadata;)V"),

    /** The stream is closed, for whatever reason, and what the application did for it on its executor is done. */
    GRPC_CLOSED(
            COMPLETING,
            in(Descriptors.GRPC_LISTENER + "$1Closed"),
            "runInContext",
            "()V",
            0,
            Descriptors.GRPC_LISTENER + "$1Closed.this$0 L" + Descriptors.GRPC_LISTENER + ";"),

    /** The agent's own, in a pipeline: a response is sent that makes a connection a WebSocket. */
    NETTY_SOCKET(
            OPENED,
            in(Descriptors.NETTY_HANDLER + "NettySocket"),
            "<init>",
            "(Lio/netty/channel/Channel;L" + Descriptors.NETTY_HANDLER + "AdmittedRequest;)V"),

    /** Tomcat: made within the handshake of a WebSocket. */
    TOMCAT_SOCKET(OPENED, in("org/apache/tomcat/websocket/server/WsHttpUpgradeHandler"), "<init>", "()V"),

    /** The same of Jetty 9, and of 10 and 11, and later; clients have such sockets as well. */
    JETTY_9_SOCKET(
            OPENED,
            shared("org/eclipse/jetty/websocket/common/WebSocketSession"),
            "<init>",
            "(Lorg/eclipse/jetty/websocket/common/scopes/WebSocketContainerScope;Ljava/net/URI;"
                    + "Lorg/eclipse/jetty/websocket/common/events/EventDriver;"
                    + "Lorg/eclipse/jetty/websocket/common/LogicalConnection;)V"),
    JETTY_10_SOCKET(
            OPENED,
            shared(Descriptors.JETTY_SOCKETS + "internal/WebSocketCoreSession"),
            "<init>",
            Descriptors.JETTY_SOCKET + "internal/Negotiated;" + Descriptors.JETTY_SOCKET_END),
    JETTY_SOCKET(
            OPENED,
            shared(Descriptors.JETTY_SOCKETS + "WebSocketCoreSession"),
            "<init>",
            Descriptors.JETTY_SOCKET + "Negotiated;" + Descriptors.JETTY_SOCKET_END),

    /** Undertow: a handshake, of a WebSocket mostly, and the socket that it leads to, on another thread. */
    UNDERTOW_HANDSHAKE(OPENED, in(Descriptors.UNDERTOW_EXCHANGE), "upgradeChannel", Descriptors.UNDERTOW_UPGRADE),
    UNDERTOW_HANDSHAKE_TO(
            OPENED,
            in(Descriptors.UNDERTOW_EXCHANGE),
            "upgradeChannel",
            Descriptors.UNDERTOW_UPGRADE.replace("(", "(Ljava/lang/String;")),
    UNDERTOW_SOCKET(
            OPENED,
            shared("io/undertow/websockets/core/WebSocketChannel"),
            "<init>",
            "(Lorg/xnio/StreamConnection;Lio/undertow/connector/ByteBufferPool;"
                    + "Lio/undertow/websockets/core/WebSocketVersion;Ljava/lang/String;Ljava/lang/String;ZZ"
                    + "Lio/undertow/websockets/extensions/ExtensionFunction;Ljava/util/Set;Lorg/xnio/OptionMap;)V");

    private static final EntryPoint[] ALL = values();
    private static final Set<String> PLATFORM = platform();

    private final Weaving weaving;
    private final Owner owner;
    private final String method;
    private final String[] descriptors;
    private final String adapter;
    private final int[] arguments;
    private final String identity;

    EntryPoint(Weaving weaving, Owner owner, String method, String descriptor) {
        this(weaving, owner, method, descriptor, null, null);
    }

    /**
     * One where a request is over: which argument tells of it, and the method that leads from there to its identity.
     */
    EntryPoint(Weaving weaving, Owner owner, String method, String descriptor, int argument, String identity) {
        this(weaving, owner, method, descriptor, null, identity, argument);
    }

    EntryPoint(Weaving weaving, Owner owner, String method, String descriptor, String adapter, int first, int... more) {
        this(weaving, owner, method, descriptor, adapter, null, all(first, more));
    }

    EntryPoint(
            Weaving weaving,
            Owner owner,
            String method,
            String descriptor,
            String adapter,
            String identity,
            int... arguments) {
        this.weaving = weaving;
        this.owner = owner;
        this.method = method;
        this.descriptors = descriptor.indexOf('~') < 0
                ? new String[] {descriptor}
                : new String[] {descriptor.replace("~", "javax/servlet"), descriptor.replace("~", "jakarta/servlet")};
        this.adapter = adapter;
        this.arguments = arguments;
        this.identity = identity;
    }

    private static int[] all(int first, int... more) {
        int[] all = new int[more.length + 1];
        all[0] = first;
        System.arraycopy(more, 0, all, 1, more.length);
        return all;
    }

    private static Set<String> platform() {
        Set<String> names = new HashSet<String>();
        for (EntryPoint entryPoint : ALL) {
            if (entryPoint.owner.isPlatform()) {
                names.add(entryPoint.className());
                names.add(entryPoint.className().replace('/', '.'));
            }
        }
        return names;
    }

    /** @return how its method is woven */
    public Weaving weaving() {
        return weaving;
    }

    /** @return whether it is a server's own, and no method of the servlet API */
    public boolean isServers() {
        return adapter != null;
    }

    /** @return the name of the class that reads requests there; {@code null} for the servlet API's own */
    public String adapter() {
        return adapter;
    }

    /** @return whether requests are decided further in, and at the most begin to wait there */
    public boolean holdsOnly() {
        return this == UNDERTOW_DISPATCHED;
    }

    /** @return whether a request that cannot be read there is decided at a filter or a servlet */
    public boolean hasServletsWithin() {
        return !Adapters.WITHOUT_SERVLETS.contains(adapter);
    }

    /** @return the name of its method */
    public String method() {
        return method;
    }

    /** @return the method's descriptors (JVMS 4.3.3), one for each namespace */
    public String[] descriptors() {
        return descriptors.clone();
    }

    /** @return the slots of the arguments that the adapter is shown, three at the most; all of them are objects */
    public int[] arguments() {
        return arguments.clone();
    }

    /**
     * @return where a request is over: the method that returns the object that the request is known by, called on the
     *     only argument, as {@code owner.name(parameters)type}, or the field of it, as {@code owner.name type};
     *     {@code null} if the argument is that object
     */
    public String identity() {
        return identity;
    }

    /**
     * @return the name of a class, with dots, that has entry points of its own further in: where it is woven, requests
     *     are left to these; {@code null} if there is none
     */
    public String yieldsTo() {
        return this == UNDERTOW_ROOT ? "io.undertow.servlet.handlers.ServletInitialHandler" : null;
    }

    /**
     * @param className the name of a class, internal or with dots, or {@code null}
     * @return whether it is one of the JDK's own that has an entry point: no other class of the JDK is looked at
     */
    public static boolean isPlatform(String className) {
        return className != null && PLATFORM.contains(className);
    }

    /**
     * @param className the name of a class, internal or with dots
     * @return whether its requests are a server's, and not also those that a client sends
     */
    public static boolean isOfServers(String className) {
        String internal = className.replace('.', '/');
        for (EntryPoint entryPoint : ALL) {
            if (entryPoint.owner.names(internal, null) && !entryPoint.owner.isShared()) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param className the name of a class, internal or with dots
     * @return whether it is a servlet container's, and requests enter there
     */
    public static boolean isOfContainers(String className) {
        String internal = className.replace('.', '/');
        for (EntryPoint entryPoint : ALL) {
            if (entryPoint.isServers() && entryPoint.hasServletsWithin() && entryPoint.owner.names(internal, null)) {
                return true;
            }
        }
        return false;
    }

    /** @return the internal name of the class that has its method; {@code null} if several may */
    public String className() {
        return owner.className();
    }

    /** @return the internal name of the class that those extend which have its method; {@code null} if they need not */
    public String parentName() {
        return owner.parent();
    }

    /**
     * Finds the entry point that a method is.
     *
     * @param owner the internal name of a class
     * @param parent the internal name of the class that it extends
     * @param isStatic whether the method is static
     * @param method the method's name
     * @param descriptor its descriptor
     * @return the entry point, or {@code null}
     */
    public static EntryPoint of(String owner, String parent, boolean isStatic, String method, String descriptor) {
        for (EntryPoint candidate : ALL) {
            if (candidate.method.equals(method)
                    && (candidate.owner.isAny() ? !isStatic : candidate.owner.names(owner, parent))
                    && candidate.hasDescriptor(descriptor)) {
                return candidate;
            }
        }
        return null;
    }

    private boolean hasDescriptor(String descriptor) {
        for (String candidate : descriptors) {
            if (candidate.equals(descriptor)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether a class that is loaded may have an entry point of a server.
     *
     * @param className a class, by its name with dots
     * @param parentName the class that it extends; {@code null} if there is none or it is not known
     * @return whether the table is about it by its name or that of its parent
     */
    public static boolean isNamed(String className, String parentName) {
        String internal = className.replace('.', '/');
        String parent = parentName == null ? null : parentName.replace('.', '/');
        for (EntryPoint candidate : ALL) {
            if (candidate.owner.names(internal, parent)) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param name an interface, by its name with dots
     * @return whether classes that implement it may have an entry point
     */
    public static boolean isInterface(String name) {
        for (EntryPoint candidate : ALL) {
            if (candidate.owner.hasInterface(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether a frame of a stack may be an entry point through which a request has come.
     *
     * @param className a class that is woven, by its name with dots
     * @param method the name of a method of it
     * @return whether one of its entry points has that name; others of the same name in the same class are taken for
     *     one
     */
    public static boolean isOnStack(String className, String method) {
        String internal = className.replace('.', '/');
        // Tomcat's CoyoteAdapter has a method called service that is around every entry point, and none itself.
        boolean named = isNamed(className, null);
        for (EntryPoint candidate : ALL) {
            if (candidate.method.equals(method)
                    && candidate.weaving.isAround()
                    && (named ? candidate.owner.names(internal, null) : candidate.owner.className() == null)) {
                return true;
            }
        }
        return false;
    }

    /** Which class reads requests there: one for each kind of server. */
    private static final class Adapters {
        static final String TOMCAT = "io.maintenanceagent.server.tomcat.TomcatAdapter";
        static final String JETTY = "io.maintenanceagent.server.jetty.JettyAdapter";
        static final String JETTY_9 = "io.maintenanceagent.server.jetty.Jetty9Adapter";
        static final String UNDERTOW = "io.maintenanceagent.server.undertow.UndertowAdapter";
        static final String LIBERTY = "io.maintenanceagent.server.liberty.LibertyAdapter";
        static final String GRIZZLY = "io.maintenanceagent.server.grizzly.GrizzlyAdapter";
        static final String HELIDON = "io.maintenanceagent.server.helidon.HelidonAdapter";
        static final String JDK = "io.maintenanceagent.server.jdk.JdkAdapter";
        static final String WEBFLUX = "io.maintenanceagent.server.webflux.WebFluxAdapter";
        static final String NETTY = "io.maintenanceagent.server.netty.NettyAdapter";
        static final String GRPC = "io.maintenanceagent.server.grpc.GrpcAdapter";
        static final List<String> WITHOUT_SERVLETS = Arrays.asList(HELIDON, JDK, WEBFLUX, NETTY, GRPC);
    }

    /** What descriptors and names of classes have in common. */
    private static final class Descriptors {
        static final String CALL = "(L~/ServletRequest;L~/ServletResponse;";
        static final String JETTY_EE = "org/eclipse/jetty/ee";
        static final String JETTY_CONTEXT = "org/eclipse/jetty/server/handler/ContextHandler";
        static final String JETTY_ANSWER = "Lorg/eclipse/jetty/server/Response;Lorg/eclipse/jetty/util/Callback;)";
        static final String JETTY_HANDLE = "(Lorg/eclipse/jetty/server/Request;" + JETTY_ANSWER;
        private static final String HTTP = "L~/http/HttpServletRequest;L~/http/HttpServletResponse;)V";
        static final String JETTY_9_HANDLE = "(Ljava/lang/String;Lorg/eclipse/jetty/server/Request;" + HTTP;
        static final String JETTY_EE8_HANDLE =
                "(Ljava/lang/String;Lorg/eclipse/jetty/ee8/nested/Request;" + HTTP.replace("~", "javax/servlet");
        static final String JETTY_EE9_HANDLE =
                "(Ljava/lang/String;Lorg/eclipse/jetty/ee9/nested/Request;" + HTTP.replace("~", "jakarta/servlet");
        static final String GRIZZLY_CALL =
                "Lorg/glassfish/grizzly/http/server/Request;Lorg/glassfish/grizzly/http/server/Response;)";
        static final String GRIZZLY_HANDLE = "(" + GRIZZLY_CALL + "Z";
        static final String HELIDON_ROUTE = "(Lio/helidon/webserver/ConnectionContext;"
                + "Lio/helidon/webserver/http/RoutingRequest;Lio/helidon/webserver/http/RoutingResponse;)V";
        static final String JDK_EXCHANGE = "sun/net/httpserver/ExchangeImpl";

        /** The exchange that applications see is another object; both have the same headers. */
        static final String JDK_IDENTITY = JDK_EXCHANGE + ".getResponseHeaders()Lcom/sun/net/httpserver/Headers;";

        static final String NETTY_FRAMES =
                "io/netty/handler/codec/http2/DefaultHttp2ConnectionDecoder$FrameReadListener";
        static final String NETTY_HANDLER = "io/maintenanceagent/server/netty/handler/";
        static final String GRPC_LISTENER = "io/grpc/internal/ServerImpl$JumpToApplicationThreadServerStreamListener";
        static final String GRPC_CALL = "(Ljava/util/concurrent/Executor;Ljava/util/concurrent/Executor;"
                + "Lio/grpc/internal/ServerStream;Lio/grpc/Context$CancellableContext;";
        static final String UNDERTOW_EXCHANGE = "io/undertow/server/HttpServerExchange";
        static final String UNDERTOW_HANDLE = "(L" + UNDERTOW_EXCHANGE + ";)V";
        static final String UNDERTOW_UPGRADE = "(Lio/undertow/server/HttpUpgradeListener;)L" + UNDERTOW_EXCHANGE + ";";
        static final String JETTY_SOCKETS = "org/eclipse/jetty/websocket/core/";
        static final String JETTY_SOCKET =
                "(L" + JETTY_SOCKETS + "FrameHandler;L" + JETTY_SOCKETS + "Behavior;L" + JETTY_SOCKETS;
        static final String JETTY_SOCKET_END = "L" + JETTY_SOCKETS + "WebSocketComponents;)V";
    }
}
