package io.maintenanceagent.container;

/** Knows the containers' own entries by the names that the weaver gives them. Each container's class is loaded there. */
public final class Arrivals {

    private Arrivals() {}

    /**
     * @param place what the place is called
     * @param arguments arguments of the woven method
     * @return the request that arrives there, or {@code null} if none begins there, or if it is not known how to answer it
     */
    public static Arrival at(String place, Object[] arguments) {
        switch (place) {
            case "tomcat":
                return TomcatArrival.of(arguments[0], arguments[1]);
            case "jetty login":
                return JettyServletArrival.of(arguments[0], arguments[1], arguments[2]);
            case "jetty default":
                return JettyArrival.unserved(arguments[0], arguments[1], arguments[2]);
            case "jetty redirect":
                return JettyArrival.redirected(arguments[0], arguments[1], arguments[2]);
            case "jetty context":
                return JettyArrival.inContext(arguments[0], arguments[1], arguments[2]);
            case "jetty handler":
                return JettyArrival.atHandler(arguments[0], arguments[1], arguments[2]);
            case "jetty options":
                return JettyArrival.options(arguments[0], arguments[1], arguments[2]);
            case "jetty resource":
                return JettyArrival.served(arguments[0], arguments[1], arguments[2]);
            case "jetty 9 handler":
                return JettyHandlerArrival.atHandler(arguments[0]);
            case "jetty 9 resource":
                return JettyHandlerArrival.atResources(arguments[0], arguments[1]);
            case "jetty 9 context":
                return JettyHandlerArrival.inContext(arguments[0], arguments[1], arguments[2]);
            case "jetty 9 redirect":
                return JettyHandlerArrival.redirected(arguments[0], arguments[1], arguments[2]);
            case "jetty 9 default":
                return JettyHandlerArrival.unserved(arguments[0]);
            case "jetty 9 end":
                return JettyHandlerArrival.atEnd(arguments[0]);
            case "undertow":
                return UndertowServlet.of(arguments[0], arguments[1]);
            case "undertow end":
                return UndertowServlet.atEnd(arguments[0], arguments[1]);
            case "undertow server":
                return UndertowArrival.ofServer(arguments[0]);
            case "undertow default":
                return UndertowArrival.unserved(arguments[0]);
            case "undertow redirect":
                return UndertowArrival.redirected(arguments[0]);
            case "undertow resource":
                return UndertowArrival.atResources(arguments[0]);
            case "liberty":
                return LibertyArrival.mapped(arguments[0], arguments[1]);
            case "liberty context":
                return LibertyArrival.unmapped(arguments[0], arguments[1], arguments[2]);
            case "liberty outside":
                return LibertyOutside.of(arguments[0]);
            case "servlet":
                return new ServletArrival(arguments[0], arguments[1]);
            default:
                return null;
        }
    }
}
