package io.maintenanceagent.server;

/**
 * Knows the containers' own entries by the names that the weaver gives them. Each container's class is loaded there.
 */
public final class Exchanges {

    private Exchanges() {}

    /**
     * @param place what the place is called
     * @param arguments arguments of the woven method
     * @return the request that arrives there, or {@code null} if none begins there, or if it is not known how to answer
     *     it
     */
    public static Exchange at(String place, Object[] arguments) {
        switch (place) {
            case "tomcat":
                return TomcatExchange.of(arguments[0], arguments[1]);
            case "jetty login":
                return JettyServletExchange.of(arguments[0], arguments[1], arguments[2]);
            case "jetty default":
                return JettyCoreExchange.unserved(arguments[0], arguments[1], arguments[2]);
            case "jetty redirect":
                return JettyCoreExchange.redirected(arguments[0], arguments[1], arguments[2]);
            case "jetty context":
                return JettyCoreExchange.inContext(arguments[0], arguments[1], arguments[2]);
            case "jetty handler":
                return JettyCoreExchange.atHandler(arguments[0], arguments[1], arguments[2]);
            case "jetty options":
                return JettyCoreExchange.options(arguments[0], arguments[1], arguments[2]);
            case "jetty resource":
                return JettyCoreExchange.served(arguments[0], arguments[1], arguments[2]);
            case "jetty 9 handler":
                return JettyHandlerExchange.atHandler(arguments[0]);
            case "jetty 9 resource":
                return JettyHandlerExchange.atResources(arguments[0], arguments[1]);
            case "jetty 9 context":
                return JettyHandlerExchange.inContext(arguments[0], arguments[1], arguments[2]);
            case "jetty 9 redirect":
                return JettyHandlerExchange.redirected(arguments[0], arguments[1], arguments[2]);
            case "jetty 9 default":
                return JettyHandlerExchange.unserved(arguments[0]);
            case "jetty 9 end":
                return JettyHandlerExchange.atEnd(arguments[0]);
            case "undertow":
                return UndertowServletExchange.of(arguments[0], arguments[1]);
            case "undertow end":
                return UndertowServletExchange.atEnd(arguments[0], arguments[1]);
            case "undertow server":
                return UndertowCoreExchange.ofServer(arguments[0]);
            case "undertow default":
                return UndertowCoreExchange.unserved(arguments[0]);
            case "undertow redirect":
                return UndertowCoreExchange.redirected(arguments[0]);
            case "undertow resource":
                return UndertowCoreExchange.atResources(arguments[0]);
            case "liberty":
                return LibertyServletExchange.mapped(arguments[0], arguments[1]);
            case "liberty context":
                return LibertyServletExchange.unmapped(arguments[0], arguments[1], arguments[2]);
            case "liberty outside":
                return LibertyCoreExchange.of(arguments[0]);
            case "servlet":
                return new ServletExchange(arguments[0], arguments[1]);
            default:
                return null;
        }
    }
}
