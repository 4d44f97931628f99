import java.io.IOException;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServer;
import shop.Orders;

/** The orders as a reactive application on Reactor Netty; the database is asked on threads that may wait. */
final class WebFluxOrdersLauncher {

    private WebFluxOrdersLauncher() {}

    public static void main(String[] args) throws IOException {
        Launcher.ready(HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(RouterFunctions.route(
                                RequestPredicates.GET("/shop/order"),
                                request -> Mono.fromCallable(Orders::take)
                                        .subscribeOn(Schedulers.boundedElastic())
                                        .flatMap(text -> ServerResponse.ok().bodyValue(text)))
                        .andRoute(
                                RequestPredicates.GET("/health"),
                                request -> ServerResponse.ok().bodyValue("well\n")))))
                .bindNow()
                .port());
    }
}
