import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import org.eclipse.jetty.ee10.apache.jsp.JettyJasperInitializer;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.security.Password;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Embedded Jetty 12 with EE 10. Arguments: exploded WAR, context path. System property {@code virtual=true}: requests
 * run on virtual threads, since Java 21; {@code forwarding=true}: Jetty reads forwarding headers itself;
 * {@code threads}: how many there are at the most.
 */
final class JettyLauncher {

    private JettyLauncher() {}

    public static void main(String[] args) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(Integer.getInteger("threads", 200));
        if (Boolean.getBoolean("virtual")) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        if (Boolean.getBoolean("forwarding")) {
            http.addCustomizer(new ForwardedRequestCustomizer());
        }
        ServerConnector connector = new ServerConnector(
                server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(new HttpConfiguration()));
        connector.setHost("127.0.0.1");
        connector.setPort(0);
        server.addConnector(connector);

        UserStore users = new UserStore();
        users.addUser("alice", new Password("alice"), new String[] {"customer"});
        HashLoginService login = new HashLoginService("shop");
        login.setUserStore(users);
        server.addBean(login);

        WebAppContext context = new WebAppContext();
        context.setContextPath(args[1]);
        context.setWar(new File(args[0]).getAbsolutePath());
        context.setTempDirectory(new File("jetty").getAbsoluteFile());
        // Without annotation scanning nobody finds the JSP engine's initializer.
        context.addServletContainerInitializer(new JettyJasperInitializer());
        ContextHandler core = new ContextHandler(new Core(), "/core");
        ResourceHandler files = new ResourceHandler();
        files.setBaseResource(ResourceFactory.of(server).newResource(Paths.get(args[0], "WEB-INF")));
        server.setHandler(
                new Secured(new ContextHandlerCollection(core, new ContextHandler(files, "/files"), context)));
        server.start();
        Launcher.ready(connector.getLocalPort());
    }

    /** Says of everything that it is served over TLS alone. */
    private static final class Secured extends Handler.Wrapper {
        Secured(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            response.getHeaders().put("Strict-Transport-Security", "max-age=1");
            return super.handle(request, response, callback);
        }
    }

    /** No servlet, and none behind it. */
    private static final class Core extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.write(true, StandardCharsets.UTF_8.encode("Served by the core."), callback);
            return true;
        }
    }
}
