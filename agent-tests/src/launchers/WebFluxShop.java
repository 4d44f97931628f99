import java.io.File;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ContextPathCompositeHandler;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A reactive application below /shop. Its answers are those of the servlets of the same names. */
final class WebFluxShop {

    private static final AtomicInteger REACHED = new AtomicInteger();

    private WebFluxShop() {}

    /** For servers that know no context path of their own. */
    static HttpHandler belowShop() {
        return new ContextPathCompositeHandler(Map.of("/shop", handler()));
    }

    static HttpHandler handler() {
        return RouterFunctions.toHttpHandler(routes());
    }

    private static RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route(RequestPredicates.path("/protected/**"), WebFluxShop::protectedPath)
                .andRoute(RequestPredicates.GET("/reached"), request -> text(REACHED.toString()))
                .andRoute(RequestPredicates.path("/greeting"), request -> text("Good morning.\n"))
                .andRoute(RequestPredicates.GET("/healthz"), request -> text("up"))
                .andRoute(RequestPredicates.POST("/echo"), WebFluxShop::echo)
                .andRoute(RequestPredicates.GET("/slow"), WebFluxShop::slow)
                .andRoute(RequestPredicates.GET("/events"), WebFluxShop::events)
                .andRoute(RequestPredicates.GET("/never"), request -> Mono.never())
                .andRoute(RequestPredicates.GET("/fault"), request -> Mono.error(new IllegalStateException("as asked")))
                .andRoute(RequestPredicates.GET("/thrown"), request -> {
                    throw new IllegalStateException("as asked");
                })
                .andRoute(RequestPredicates.GET("/broken"), WebFluxShop::broken);
    }

    private static Mono<ServerResponse> text(String text) {
        return ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).body(Mono.just(text), String.class);
    }

    private static Mono<ServerResponse> protectedPath(ServerRequest request) {
        if (request.path().matches("/shop/protected/open/[a-z]*")) {
            return text("Open.\n");
        }
        REACHED.incrementAndGet();
        return text("Protected.\n");
    }

    /** What comes in goes out, as it comes. */
    private static Mono<ServerResponse> echo(ServerRequest request) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(request.bodyToFlux(DataBuffer.class), DataBuffer.class);
    }

    /** Numbers, one in ten milliseconds, without an end. */
    private static Mono<ServerResponse> events(ServerRequest request) {
        Flux<String> events =
                Flux.interval(Duration.ofMillis(10)).onBackpressureDrop().map(String::valueOf);
        return ServerResponse.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(events, String.class);
    }

    /** A stream that fails when it has begun. */
    private static Mono<ServerResponse> broken(ServerRequest request) {
        Flux<String> events = Flux.just("1", "2").concatWith(Mono.error(new IllegalStateException("as asked")));
        return ServerResponse.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(events, String.class);
    }

    /** As the servlets' gate, on another thread: makes PATH.entered and waits for PATH.open. */
    private static Mono<ServerResponse> slow(ServerRequest request) {
        String gate = request.queryParam("gate").orElseThrow(IllegalArgumentException::new);
        Callable<String> wait = () -> {
            new File(gate + ".entered").createNewFile();
            for (int i = 0; i < 3000 && !new File(gate + ".open").exists(); i++) {
                Thread.sleep(10);
            }
            return "Worth the wait.\n";
        };
        return Mono.fromCallable(wait).subscribeOn(Schedulers.boundedElastic()).flatMap(WebFluxShop::text);
    }
}
