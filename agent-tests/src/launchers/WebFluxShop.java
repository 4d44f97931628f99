import java.io.File;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ContextPathCompositeHandler;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A reactive application below /shop. Its answers are those of the servlets of the same names. */
final class WebFluxShop {

    private static final AtomicInteger REACHED = new AtomicInteger();
    private static final AtomicInteger RUNNING = new AtomicInteger();

    /** Threads that may wait; Reactor's own were called otherwise in each version. */
    private static final Scheduler WAITING = Schedulers.fromExecutor(Executors.newCachedThreadPool());

    private WebFluxShop() {}

    /** For servers that know no context path of their own. */
    static HttpHandler belowShop() {
        return new ContextPathCompositeHandler(Map.of("/shop", handler()));
    }

    static HttpHandler handler() {
        HandlerStrategies counting =
                HandlerStrategies.builder().webFilter(WebFluxShop::counted).build();
        return RouterFunctions.toHttpHandler(routes(), counting);
    }

    private static RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route(at("/protected/**"), WebFluxShop::protectedPath)
                .andRoute(get("/reached"), request -> text(REACHED.toString()))
                .andRoute(get("/running"), request -> text(RUNNING.toString()))
                .andRoute(at("/greeting"), request -> text("Good morning.\n"))
                .andRoute(get("/healthz"), request -> text("up"))
                .andRoute(RequestPredicates.method(HttpMethod.POST).and(at("/echo")), WebFluxShop::echo)
                .andRoute(get("/slow"), WebFluxShop::slow)
                .andRoute(get("/events"), WebFluxShop::events)
                .andRoute(get("/busy").or(get("/late-busy")), WebFluxShop::busy)
                .andRoute(get("/drip").or(get("/late-drip")), WebFluxShop::drip)
                .andRoute(get("/failing"), WebFluxShop::failing)
                .andRoute(get("/big"), WebFluxShop::big)
                .andRoute(get("/never"), request -> Mono.never())
                .andRoute(get("/fault"), request -> Mono.error(new IllegalStateException("as asked")))
                .andRoute(get("/thrown"), request -> {
                    throw new IllegalStateException("as asked");
                })
                .andRoute(get("/broken"), WebFluxShop::broken);
    }

    /** Spring 5.0 matches against the whole path, later versions against what is below the context path. */
    private static RequestPredicate at(String path) {
        return RequestPredicates.path(path).or(RequestPredicates.path("/shop" + path));
    }

    private static RequestPredicate get(String path) {
        return RequestPredicates.method(HttpMethod.GET).and(at(path));
    }

    /**
     * Counts what the application itself knows to be running, from the begin of a handler to the end of its response.
     */
    private static Mono<Void> counted(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getRequest().getPath().value().endsWith("/running")) {
            return chain.filter(exchange);
        }
        RUNNING.incrementAndGet();
        AtomicBoolean isRunning = new AtomicBoolean(true);
        Runnable ended = () -> {
            if (isRunning.getAndSet(false)) {
                RUNNING.decrementAndGet();
            }
        };
        // Before the end is told further out; what has ended may be cancelled all the same.
        return chain.filter(exchange).doOnTerminate(ended).doOnCancel(ended);
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
                Flux.interval(Duration.ofMillis(10)).onBackpressureDrop().map(number -> "event-" + number);
        return ServerResponse.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(events, String.class);
    }

    private static Duration asked(ServerRequest request) {
        return Duration.ofMillis(Long.parseLong(request.uri().getQuery()));
    }

    private static Mono<ServerResponse> busy(ServerRequest request) {
        return Mono.delay(asked(request)).flatMap(zero -> text("Done.\n"));
    }

    /** A response of ten pieces. */
    private static Mono<ServerResponse> drip(ServerRequest request) {
        Flux<String> pieces =
                Flux.interval(asked(request).dividedBy(10)).take(10).map(number -> "x".repeat(2_000));
        return ServerResponse.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(pieces, String.class);
    }

    private static Mono<ServerResponse> failing(ServerRequest request) {
        return Mono.delay(asked(request)).flatMap(zero -> Mono.error(new IllegalStateException("as asked")));
    }

    /** More than a client reads that reads nothing. */
    private static Mono<ServerResponse> big(ServerRequest request) {
        Flux<String> lines = Flux.range(0, 100_000).map(number -> "x".repeat(1000));
        return ServerResponse.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(lines, String.class);
    }

    /** A stream that fails when it has begun. */
    private static Mono<ServerResponse> broken(ServerRequest request) {
        Flux<String> events =
                Flux.just("event-1", "event-2").concatWith(Mono.error(new IllegalStateException("as asked")));
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
        return Mono.fromCallable(wait).subscribeOn(WAITING).flatMap(WebFluxShop::text);
    }
}
