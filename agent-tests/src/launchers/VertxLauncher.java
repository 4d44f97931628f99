import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Vert.x Web 3.9 and later, with a router within a router; also HTTP/2 without TLS. */
final class VertxLauncher {

    private VertxLauncher() {}

    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx();
        File file = File.createTempFile("sent", ".bin");
        file.deleteOnExit();
        java.nio.file.Files.write(file.toPath(), new byte[1_000_000]);
        Router inner = Router.router(vertx);
        inner.route().handler(VertxLauncher::serve);
        Router outer = Router.router(vertx);
        outer.get("/app/hello").handler(context -> context.response().end("Hello.\n"));
        outer.route().handler(context -> {
            context.response().putHeader("X-Filter", "passed");
            context.next();
        });
        outer.get("/inline/*").handler(context -> context.response().end("At once.\n"));
        outer.get("/file").handler(context -> context.response().sendFile(file.getPath()));
        outer.route("/*").subRouter(inner);
        HttpServer server = vertx.createHttpServer().requestHandler(outer);
        server.listen(0, "127.0.0.1"); // which returns something else in each version
        while (server.actualPort() <= 0) {
            Thread.sleep(10);
        }
        Launcher.ready(server.actualPort());
    }

    /** Never on the event loop, but for what fails. */
    static void serve(RoutingContext context) {
        if (context.request().path().equals("/fault")) {
            throw new IllegalStateException("as asked for");
        }
        context.request()
                .bodyHandler(body -> CoreApplication.onThread(() -> CoreApplication.serve(new Call(context, body))));
    }

    private record Call(RoutingContext context, Buffer bytes) implements CoreApplication.Call {

        @Override
        public String path() {
            return context.request().path();
        }

        @Override
        public String query() {
            return context.request().query();
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(bytes.getBytes());
        }

        @Override
        public OutputStream begin() {
            HttpServerResponse response = context.response().setChunked(true);
            return new OutputStream() {
                @Override
                public void write(int b) {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] chunk, int offset, int length) {
                    response.write(Buffer.buffer().appendBytes(chunk, offset, length));
                }
            };
        }

        @Override
        public void send(String text) throws IOException {
            context.response().end(text);
        }

        @Override
        public void end() {
            context.response().end();
        }

        @Override
        public void later(CoreApplication.Rest rest) {
            CoreApplication.onThread(rest);
        }
    }
}
