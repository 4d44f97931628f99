import io.helidon.microprofile.server.Server;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;

/** Helidon MP: JAX-RS on Helidon. */
public final class HelidonMpLauncher {

    private HelidonMpLauncher() {}

    public static void main(String[] args) throws IOException {
        Server server = Server.builder()
                .host("127.0.0.1")
                .port(0)
                .addResourceClass(Hello.class)
                .build()
                .start();
        Launcher.ready(server.port());
    }

    @Path("/hello")
    @ApplicationScoped
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
