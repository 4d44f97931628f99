import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Reactor Netty without Spring; also HTTP/2 without TLS. */
final class ReactorNettyLauncher {

    private ReactorNettyLauncher() {}

    public static void main(String[] args) throws IOException {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
                .handle((request, response) -> {
                    if (request.uri().equals("/app/hello")) {
                        return response.header("Content-Length", "7").sendString(Mono.just("Hello.\n"));
                    }
                    if (request.uri().equals("/fault")) {
                        throw new IllegalStateException("as asked for");
                    }
                    return request.receive()
                            .aggregate()
                            .asByteArray()
                            .defaultIfEmpty(new byte[0])
                            .flatMap(body -> Mono.<Void>create(end -> CoreApplication.onThread(
                                    () -> CoreApplication.serve(new Call(request, response, body, end)))));
                })
                .bindNow();
        Launcher.ready(server.port());
    }

    private static final class Call implements CoreApplication.Call {
        private final HttpServerRequest request;
        private final HttpServerResponse response;
        private final byte[] body;
        private final MonoSink<Void> end;
        private Sinks.Many<byte[]> chunks;

        Call(HttpServerRequest request, HttpServerResponse response, byte[] body, MonoSink<Void> end) {
            this.request = request;
            this.response = response.header("X-Filter", "passed");
            this.body = body;
            this.end = end;
        }

        @Override
        public String path() {
            return "/" + request.path();
        }

        @Override
        public String query() {
            int query = request.uri().indexOf('?');
            return query < 0 ? null : request.uri().substring(query + 1);
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public OutputStream begin() {
            chunks = Sinks.many().unicast().onBackpressureBuffer();
            send(response.send(chunks.asFlux().map(Unpooled::wrappedBuffer), chunk -> true)
                    .then()); // flushed one by one
            return new OutputStream() {
                @Override
                public void write(int b) {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] chunk, int offset, int length) {
                    chunks.tryEmitNext(Arrays.copyOfRange(chunk, offset, offset + length));
                }
            };
        }

        @Override
        public void send(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            response.header("Content-Length", Integer.toString(bytes.length));
            send(response.sendByteArray(Mono.just(bytes)).then());
        }

        private void send(Mono<Void> sending) {
            sending.subscribe(nothing -> {}, end::error, end::success);
        }

        @Override
        public void end() {
            chunks.tryEmitComplete();
        }

        @Override
        public void later(CoreApplication.Rest rest) {
            CoreApplication.onThread(rest);
        }
    }
}
