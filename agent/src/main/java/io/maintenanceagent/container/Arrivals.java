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
            case "jetty 9 login":
                return new JettyHandlerArrival(arguments[0], arguments[1], arguments[2], true);
            case "jetty 9 default":
                return new JettyHandlerArrival(arguments[0], arguments[1], arguments[2], false);
            case "undertow":
                return UndertowServlet.of(arguments[0], arguments[1]);
            case "undertow code":
                return UndertowArrival.of(arguments[0]);
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
