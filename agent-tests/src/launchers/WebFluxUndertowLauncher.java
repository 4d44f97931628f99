import io.undertow.Undertow;
import java.net.InetSocketAddress;
import org.springframework.http.server.reactive.UndertowHttpHandlerAdapter;

/** The reactive application on Undertow, without servlets. */
final class WebFluxUndertowLauncher {

    private WebFluxUndertowLauncher() {}

    public static void main(String[] args) throws Exception {
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(new UndertowHttpHandlerAdapter(WebFluxShop.belowShop()))
                .build();
        undertow.start();
        Launcher.ready(((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort());
    }
}
