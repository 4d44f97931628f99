import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.apache.pekko.stream.javadsl.JavaFlowSupport;
import org.apache.pekko.util.ByteString;
import play.Mode;
import play.mvc.Http;
import play.mvc.Result;
import play.mvc.Results;
import play.routing.RequestFunctions;
import play.routing.RoutingDsl;
import play.server.Server;

/** Play on its Netty backend, without an application's files. */
final class PlayLauncher {

    private PlayLauncher() {}

    public static void main(String[] args) throws Exception {
        System.setProperty("play.server.http.address", "127.0.0.1");
        System.setProperty("http.address", "127.0.0.1");
        System.setProperty("play.http.parser.maxMemoryBuffer", "10m");
        Server server = Server.forRouter(Mode.TEST, 0, components -> {
            RoutingDsl routes = RoutingDsl.fromComponents(components);
            RequestFunctions.Params1<String, CompletionStage<Result>> serve = (request, path) -> serve(request);
            for (String method : new String[] {"GET", "POST", "DELETE"}) {
                routes.match(method, "/*path").routingAsync(serve);
            }
            return routes.build();
        });
        Launcher.ready(server.httpPort());
    }

    private static CompletionStage<Result> serve(Http.Request request) {
        ByteString body = request.body().asBytes();
        int query = request.uri().indexOf('?');
        return FutureCall.serve(
                        request.path(),
                        query < 0 ? null : request.uri().substring(query + 1),
                        body == null ? new byte[0] : body.toArray())
                .thenApply(PlayLauncher::result);
    }

    @SuppressWarnings("unchecked")
    private static Result result(Object answer) {
        return answer instanceof String
                ? Results.ok((String) answer).withHeader("X-Filter", "passed")
                : Results.ok()
                        .chunked(JavaFlowSupport.Source.fromPublisher((Flow.Publisher<byte[]>) answer)
                                .map(ByteString::fromArray));
    }
}
