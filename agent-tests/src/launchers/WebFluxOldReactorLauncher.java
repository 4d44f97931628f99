import java.io.IOException;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.ipc.netty.NettyContext;
import reactor.ipc.netty.http.server.HttpServer;

/** The reactive application on Reactor Netty 0.7, which had its classes in other packages. */
final class WebFluxOldReactorLauncher {

    private WebFluxOldReactorLauncher() {}

    public static void main(String[] args) throws IOException {
        NettyContext server = HttpServer.create("127.0.0.1", 0)
                .newHandler(new ReactorHttpHandlerAdapter(WebFluxShop.belowShop()))
                .block();
        Launcher.ready(server.address().getPort());
    }
}
