import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.springframework.http.server.reactive.JettyCoreHttpHandlerAdapter;

/** The reactive application on Jetty, without servlets. */
final class WebFluxJettyLauncher {

    private WebFluxJettyLauncher() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new ContextHandler(new JettyCoreHttpHandlerAdapter(WebFluxShop.handler()), "/shop"));
        server.start();
        Launcher.ready(connector.getLocalPort());
    }
}
