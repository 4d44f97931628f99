import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.config.ConfigProvider;

/** Quarkus 3 in JVM mode: routes of Vert.x Web, and /hello by Quarkus REST. */
@QuarkusMain
public class QuarkusLauncher implements QuarkusApplication {

    @Override
    public int run(String... args) throws Exception {
        Launcher.ready(ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class));
        return 0;
    }

    /** A class of its own, since the one above is made before routes are. */
    @ApplicationScoped
    static class Routes {
        void add(@Observes Router router) {
            router.route().handler(context -> {
                if (context.request().path().equals("/hello")) {
                    context.next();
                } else {
                    context.request().resume(); // Quarkus has paused it
                    VertxLauncher.serve(context);
                }
            });
        }
    }

    /** Quarkus REST. */
    @Path("/hello")
    public static class Hello {
        @GET
        public String hello() {
            return "Served /hello\n";
        }
    }
}
