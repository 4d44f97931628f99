import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import javax.jws.WebService;
import javax.xml.ws.Endpoint;

/** A web service on the JDK's HttpServer. */
@WebService(targetNamespace = "urn:shop")
public class JaxWsLauncher {

    public String greet(String name) {
        return "Good morning, " + name;
    }

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        Endpoint.create(new JaxWsLauncher()).publish(server.createContext("/hello"));
        server.start();
        Launcher.ready(server.getAddress().getPort());
    }
}
