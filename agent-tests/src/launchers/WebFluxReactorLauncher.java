import java.io.IOException;
import java.net.InetSocketAddress;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The reactive application on Reactor Netty. */
final class WebFluxReactorLauncher {

    private WebFluxReactorLauncher() {}

    public static void main(String[] args) throws IOException {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebFluxShop.belowShop()))
                .bindNow();
        Launcher.ready(((InetSocketAddress) server.address()).getPort());
    }
}
