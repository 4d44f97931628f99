import java.io.IOException;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;

/** Spring Cloud Gateway, which sends everything on to the port of its argument. */
@EnableAutoConfiguration
public class GatewayLauncher {

    @Bean
    RouteLocator everything(RouteLocatorBuilder builder) {
        return builder.routes()
                .route(
                        "everything",
                        route -> route.path("/**").uri("http://127.0.0.1:" + System.getProperty("backend")))
                .build();
    }

    public static void main(String[] args) throws IOException {
        SpringApplication application = new SpringApplication(GatewayLauncher.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "logging.level.root", "warn"));
        Launcher.ready(Integer.parseInt(application.run(args).getEnvironment().getProperty("local.server.port")));
    }
}
