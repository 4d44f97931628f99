import com.sun.net.httpserver.HttpServer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** Jersey on the JDK's HttpServer. */
public final class JerseyLauncher {

    private JerseyLauncher() {}

    public static void main(String[] args) throws Exception {
        HttpServer server = JdkHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"), new ResourceConfig(Hello.class));
        Launcher.ready(server.getAddress().getPort());
    }

    @Path("hello")
    public static class Hello {

        @GET
        public String get() {
            return "Served /hello\n";
        }

        @POST
        public String post(String text) {
            return text;
        }
    }
}
