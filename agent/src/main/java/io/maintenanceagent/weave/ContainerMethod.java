package io.maintenanceagent.weave;

/**
 * Methods of the containers themselves through which requests come before any filter or servlet, or which answer them
 * instead: logins, redirects, paths without an application. Known by class, name and descriptor, since what they are
 * given says nothing; a container that has them otherwise is woven as any unknown one is.
 *
 * <p>What their arguments are is known where the requests are read, by the name of the place.
 */
final class ContainerMethod {

    /** What handlers of Jetty's core call what they do, whatever they are called themselves. */
    static final String HANDLE = "handle";

    private static final String CATALINA = "org/apache/catalina/connector/";
    private static final String JETTY = "org/eclipse/jetty/server/";
    private static final String JETTY_ANSWER = "L" + JETTY + "Response;Lorg/eclipse/jetty/util/Callback;)";
    private static final String JETTY_HANDLE = "(L" + JETTY + "Request;" + JETTY_ANSWER;
    private static final String CONTEXT = JETTY + "handler/ContextHandler";
    private static final String JETTY_EE = "org/eclipse/jetty/ee";
    private static final String EE8 = JETTY_EE + "8/nested/";
    private static final String EE9 = JETTY_EE + "9/nested/";
    private static final String UNDERTOW = "io/undertow/server/handlers/";
    private static final String WILDFLY = "org/wildfly/extension/undertow/";
    private static final String UNDERTOW_SERVLET = "io/undertow/servlet/handlers/";
    private static final String UNDERTOW_LOGIN = UNDERTOW_SERVLET + "security/ServletConfidentialityConstraintHandler";
    private static final String UNDERTOW_HANDLE = "(Lio/undertow/server/HttpServerExchange;)V";
    private static final String LIBERTY = "com/ibm/ws/webcontainer/";
    private static final String LIBERTY_LINK = "com/ibm/ws/http/dispatcher/internal/channel/HttpDispatcherLink";
    private static final String LIBERTY_CONNECTION = "Lcom/ibm/wsspi/http/HttpInboundConnection;";

    static final ContainerMethod[] ALL = {
        // Tomcat 7 and later: behind the valves of the host, which know the client's address.
        entry(
                "org/apache/catalina/core/StandardHostValve",
                "invoke",
                "(L" + CATALINA + "Request;L" + CATALINA + "Response;)V",
                "tomcat",
                1,
                2),
        // It says by false that it has answered, with a redirect to a directory, or OPTIONS *.
        end(
                CATALINA + "CoyoteAdapter",
                "postParseRequest",
                "(Lorg/apache/coyote/Request;L" + CATALINA + "Request;Lorg/apache/coyote/Response;L" + CATALINA
                        + "Response;)Z",
                false,
                "tomcat",
                2,
                4),
        // Jetty 12: before the login of an application; a redirect to its root; what it keeps from clients (WEB-INF);
        // and
        // what nothing serves.
        entry("org/eclipse/jetty/security/SecurityHandler", "handle", JETTY_HANDLE + "Z", "jetty login", 1, 2, 3),
        entry(CONTEXT, "handleMovedPermanently", JETTY_HANDLE + "V", "jetty redirect", 1, 2, 3),
        entry(
                CONTEXT,
                "handleByContextHandler",
                "(Ljava/lang/String;L" + JETTY + "handler/ContextRequest;" + JETTY_ANSWER + "Z",
                "jetty context",
                2,
                3,
                4),
        entry(JETTY + "handler/DefaultHandler", "handle", JETTY_HANDLE + "Z", "jetty default", 1, 2, 3),
        // It says by false that nobody has answered.
        end(JETTY + "Server", "handle", JETTY_HANDLE + "Z", true, "jetty default", 1, 2, 3),
        // Jetty 9 to 11: a redirect to the root of an application, and what nothing serves. It says by false that the
        // request is not for the application, or is answered.
        check(CONTEXT, "checkContext", checkContext("javax"), "jetty 9 redirect", 0, 1, 2),
        check(CONTEXT, "checkContext", checkContext("jakarta"), "jetty 9 redirect", 0, 1, 2),
        entry(JETTY + "handler/DefaultHandler", "handle", handle(JETTY, "javax"), "jetty 9 default", 2),
        entry(JETTY + "handler/DefaultHandler", "handle", handle(JETTY, "jakarta"), "jetty 9 default", 2),
        end(JETTY + "Server", "handle", "(L" + JETTY + "HttpChannel;)V", false, "jetty 9 end", 1),
        // The same, and EE 8 and 9 on Jetty 12, which bring their own: in an application, once the servlet is known.
        entry(CONTEXT, "doHandle", handle(JETTY, "javax"), "jetty 9 context", 2, 3, 4),
        entry(CONTEXT, "doHandle", handle(JETTY, "jakarta"), "jetty 9 context", 2, 3, 4),
        entry(EE8 + "ContextHandler", "doHandle", handle(EE8, "javax"), "jetty 9 context", 2, 3, 4),
        entry(EE9 + "ContextHandler", "doHandle", handle(EE9, "jakarta"), "jetty 9 context", 2, 3, 4),
        // What serves without any servlet: files, and handlers behind which there are no others, whatever they are
        // called.
        entry(
                JETTY + "ResourceService",
                "doGet",
                "(L" + JETTY + "Request;" + JETTY_ANSWER.replace(")", "Lorg/eclipse/jetty/http/content/HttpContent;)V"),
                "jetty resource",
                1,
                2,
                3),
        // Since 12.1 its files' OPTIONS as well; a static method.
        entry(
                JETTY + "Handler",
                "optionsMethodHandled",
                "(Ljava/lang/String;L" + JETTY + "Request;" + JETTY_ANSWER + "Z",
                "jetty options",
                1,
                2,
                3),
        leaf(JETTY + "Handler$Abstract", JETTY_HANDLE + "Z", "jetty handler", 1, 2, 3),
        leaf(JETTY + "Handler$Abstract$NonBlocking", JETTY_HANDLE + "Z", "jetty handler", 1, 2, 3),
        entry(JETTY + "handler/ResourceHandler", "handle", handle(JETTY, "javax"), "jetty 9 resource", 0, 2),
        entry(JETTY + "handler/ResourceHandler", "handle", handle(JETTY, "jakarta"), "jetty 9 resource", 0, 2),
        leaf(JETTY + "handler/AbstractHandler", handle(JETTY, "javax"), "jetty 9 handler", 2),
        leaf(JETTY + "handler/AbstractHandler", handle(JETTY, "jakarta"), "jetty 9 handler", 2),
        // Undertow: the outermost handlers of an application, once the servlet is known, the second before 2.2; what is
        // not
        // served of one (WEB-INF); what nothing serves, redirects, and files without a servlet (WildFly's welcome
        // page); and,
        // on WildFly, methods that it lets nobody use, and OPTIONS *.
        entry(UNDERTOW_SERVLET + "SendErrorPageHandler", "handleRequest", UNDERTOW_HANDLE, "undertow", 0, 1),
        entry(UNDERTOW_LOGIN, "handleRequest", UNDERTOW_HANDLE, "undertow", 0, 1),
        entry(UNDERTOW_SERVLET + "RedirectDirHandler", "handleRequest", UNDERTOW_HANDLE, "undertow", 0, 1),
        end(UNDERTOW_SERVLET + "ServletInitialHandler", "handleRequest", UNDERTOW_HANDLE, false, "undertow end", 0, 1),
        entry(UNDERTOW + "ResponseCodeHandler", "handleRequest", UNDERTOW_HANDLE, "undertow default", 1),
        entry(UNDERTOW + "RedirectHandler", "handleRequest", UNDERTOW_HANDLE, "undertow redirect", 1),
        // From a thread for input and output, files go on to another thread, and only there on to the next handler.
        entry(UNDERTOW + "resource/ResourceHandler", "handleRequest", UNDERTOW_HANDLE, "undertow resource", 1),
        entry(UNDERTOW + "resource/ResourceHandler$1", "handleRequest", UNDERTOW_HANDLE, "undertow resource", 1),
        entry(UNDERTOW + "DisallowedMethodsHandler", "handleRequest", UNDERTOW_HANDLE, "undertow server", 1),
        entry(WILDFLY + "Host$OptionsHandler", "handleRequest", UNDERTOW_HANDLE, "undertow server", 1),
        // Open Liberty: before the login of an application, once the servlet is known; before that, what comes to none;
        // and what no application is for, the welcome page and the rest.
        entry(LIBERTY + "filter/WebAppFilterManager", "invokeFilters", invokeFilters("javax"), "liberty", 1, 2),
        entry(LIBERTY + "filter/WebAppFilterManager", "invokeFilters", invokeFilters("jakarta"), "liberty", 1, 2),
        entry(LIBERTY + "webapp/WebApp", "handleRequest", libertyHandle("javax"), "liberty context", 0, 1, 2),
        entry(LIBERTY + "webapp/WebApp", "handleRequest", libertyHandle("jakarta"), "liberty context", 0, 1, 2),
        entry(LIBERTY_LINK, "displayLandingPage", "(Ljava/io/InputStream;)V", "liberty outside", 0),
        entry(LIBERTY_LINK, "send404Message", "(Ljava/lang/String;)V", "liberty outside", 0),
    };

    final String owner; // null for any that extends the parent
    final String parent; // null but for these
    final String name;
    final String descriptor;

    /** Whether it is asked about where it returns, {@code false} or nothing, and not where it begins. */
    final boolean isAtEnd;

    /** What it returns, if that is a boolean, where the agent has answered the request. */
    final boolean answered;

    /** What the place is called where requests are read. */
    final String place;

    /** The slots of the arguments that are shown there, three at the most. */
    final int[] arguments;

    private ContainerMethod(
            String owner,
            String parent,
            String name,
            String descriptor,
            boolean isAtEnd,
            boolean answered,
            String place,
            int... arguments) {
        this.owner = owner;
        this.parent = parent;
        this.name = name;
        this.descriptor = descriptor;
        this.isAtEnd = isAtEnd;
        this.answered = answered;
        this.place = place;
        this.arguments = arguments;
    }

    private static String handle(String request, String api) {
        String http = "L" + api + "/servlet/http/HttpServlet";
        return "(Ljava/lang/String;L" + request + "Request;" + http + "Request;" + http + "Response;)V";
    }

    private static String checkContext(String api) {
        return "(Ljava/lang/String;L" + JETTY + "Request;L" + api + "/servlet/http/HttpServletResponse;)Z";
    }

    private static ContainerMethod check(String owner, String name, String descriptor, String place, int... arguments) {
        return new ContainerMethod(owner, null, name, descriptor, false, false, place, arguments);
    }

    private static String invokeFilters(String api) {
        return "(L" + api + "/servlet/ServletRequest;L" + api + "/servlet/ServletResponse;"
                + "Lcom/ibm/wsspi/webcontainer/servlet/IServletContext;Lcom/ibm/wsspi/webcontainer/RequestProcessor;"
                + "Ljava/util/EnumSet;" + LIBERTY_CONNECTION + ")Z";
    }

    private static String libertyHandle(String api) {
        return "(L" + api + "/servlet/ServletRequest;L" + api + "/servlet/ServletResponse;" + LIBERTY_CONNECTION + ")V";
    }

    private static ContainerMethod entry(String owner, String name, String descriptor, String place, int... arguments) {
        return new ContainerMethod(owner, null, name, descriptor, false, true, place, arguments);
    }

    private static ContainerMethod leaf(String parent, String descriptor, String place, int... arguments) {
        return new ContainerMethod(null, parent, HANDLE, descriptor, false, true, place, arguments);
    }

    private static ContainerMethod end(
            String owner, String name, String descriptor, boolean answered, String place, int... arguments) {
        return new ContainerMethod(owner, null, name, descriptor, true, answered, place, arguments);
    }

    /**
     * @param owner the internal name of a class
     * @param parent the one that it extends
     * @param name the name of a method of it
     * @param descriptor its descriptor
     * @return what is known of it, or {@code null}
     */
    static ContainerMethod of(String owner, String parent, String name, String descriptor) {
        for (ContainerMethod method : ALL) {
            if (method.name.equals(name) && method.descriptor.equals(descriptor) && method.isOf(owner, parent)) {
                return method;
            }
        }
        return null;
    }

    /** Whether a class, by its name with dots and that of the class that it extends, may have such a method. */
    static boolean isOwner(String className, String parentName) {
        String internal = className.replace('.', '/');
        String internalParent = parentName == null ? null : parentName.replace('.', '/');
        for (ContainerMethod method : ALL) {
            if (method.isOf(internal, internalParent)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a method is one through which requests come, by the name of its class with dots, which is such an owner.
     */
    static boolean isEntry(String className, String name) {
        String internal = className.replace('.', '/');
        for (ContainerMethod method : ALL) {
            if (!method.isAtEnd && method.name.equals(name) && method.isOf(internal, null)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOf(String className, String parentName) {
        return owner == null ? parent.equals(parentName) && !className.startsWith(JETTY_EE) : owner.equals(className);
    }

    /** Whether it returns a boolean, and otherwise nothing. */
    boolean returnsBoolean() {
        return descriptor.endsWith(")Z");
    }
}
