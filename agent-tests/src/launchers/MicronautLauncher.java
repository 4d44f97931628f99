import everything.Everything;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.reactivestreams.FlowAdapters;

/** Micronaut 4 on Netty. */
final class MicronautLauncher {

    private MicronautLauncher() {}

    public static void main(String[] args) throws Exception {
        Everything.answers = MicronautLauncher::answer;
        EmbeddedServer server = ApplicationContext.run(
                EmbeddedServer.class,
                Map.of(
                        "micronaut.server.host", "127.0.0.1",
                        "micronaut.server.port", -1,
                        "micronaut.server.netty.worker.threads", 2));
        Launcher.ready(server.getPort());
    }

    @SuppressWarnings("unchecked")
    private static CompletableFuture<HttpResponse<?>> answer(HttpRequest<?> request, byte[] body) {
        return FutureCall.serve(request.getPath(), request.getUri().getRawQuery(), body)
                .thenApply(answer -> answer instanceof String
                        ? HttpResponse.ok(answer)
                                .contentType(MediaType.TEXT_PLAIN_TYPE)
                                .header("X-Filter", "passed")
                        : HttpResponse.ok(FlowAdapters.toPublisher((Flow.Publisher<byte[]>) answer))
                                .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE));
    }
}
