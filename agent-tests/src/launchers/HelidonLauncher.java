import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Helidon SE, with a filter; also HTTP/2 without TLS. */
final class HelidonLauncher {

    private HelidonLauncher() {}

    public static void main(String[] args) throws Exception {
        start(configured());
    }

    static WebServerConfig.Builder configured() {
        return WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.addFilter((chain, request, response) -> {
                            response.header(HeaderNames.create("X-Filter"), "passed");
                            chain.proceed();
                        })
                        .any(HelidonLauncher::serve));
    }

    static void start(WebServerConfig.Builder configured) throws IOException {
        WebServer server = configured.build().start();
        Launcher.ready(server.port());
    }

    private static void serve(ServerRequest request, ServerResponse response) throws IOException {
        CoreApplication.serve(new Call(request, response));
    }

    private static final class Call implements CoreApplication.Call {
        private final ServerRequest request;
        private final ServerResponse response;
        private OutputStream out;

        Call(ServerRequest request, ServerResponse response) {
            this.request = request;
            this.response = response;
        }

        @Override
        public String path() {
            return request.path().path();
        }

        @Override
        public String query() {
            return request.query().rawValue();
        }

        @Override
        public InputStream body() {
            return request.content().inputStream();
        }

        @Override
        public OutputStream begin() {
            out = response.outputStream();
            return out;
        }

        @Override
        public void send(String text) {
            response.send(text);
        }

        @Override
        public void end() throws IOException {
            out.close();
        }

        /** A handler of Helidon's has to wait for what it has others do. */
        @Override
        public void later(CoreApplication.Rest rest) throws IOException {
            FutureTask<Void> task = new FutureTask<>(() -> {
                rest.run();
                return null;
            });
            Thread.ofPlatform().daemon().start(task);
            try {
                task.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
