import java.io.File;
import java.io.IOException;
import javax.servlet.ServletException;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.scan.StandardJarScanner;

/**
 * Embedded Tomcat, 9 or 11: the same source serves javax and jakarta. Arguments: exploded WAR and context path, of each
 * application. System property {@code virtual=true}: requests run on virtual threads, since Java 21;
 * {@code forwarding=true}: Tomcat reads forwarding headers itself; {@code threads}, {@code connections}: how many there
 * are at the most.
 */
final class TomcatLauncher {

    private TomcatLauncher() {}

    public static void main(String[] args) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        connector.addUpgradeProtocol(new Http2Protocol());
        connector.setProperty("maxThreads", System.getProperty("threads", "200"));
        connector.setProperty("maxConnections", System.getProperty("connections", "8192"));
        connector.setProperty("useVirtualThreads", System.getProperty("virtual", "false"));
        tomcat.setConnector(connector);
        tomcat.addUser("alice", "alice");
        tomcat.addRole("alice", "customer");
        for (int i = 0; i < args.length; i += 2) {
            Context context = tomcat.addWebapp(args[i + 1], new File(args[i]).getAbsolutePath());
            StandardJarScanner scanner = new StandardJarScanner();
            scanner.setScanClassPath(false);
            context.setJarScanner(scanner);
        }
        tomcat.getEngine().getPipeline().addValve(new Secured());
        if (Boolean.getBoolean("forwarding")) {
            tomcat.getEngine().getPipeline().addValve(new RemoteIpValve());
        }
        tomcat.start();
        Launcher.ready(connector.getLocalPort());
    }

    /** Says of everything that it is served over TLS alone. */
    private static final class Secured extends ValveBase {
        Secured() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            response.setHeader("Strict-Transport-Security", "max-age=1");
            getNext().invoke(request, response);
        }
    }
}
