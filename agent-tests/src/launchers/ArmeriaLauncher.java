import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** Armeria, on HTTP/1.1 and HTTP/2 without TLS. */
final class ArmeriaLauncher {

    private ArmeriaLauncher() {}

    public static void main(String[] args) throws Exception {
        // Three seconds by default, in which a client may close the connection first.
        System.setProperty("com.linecorp.armeria.defaultHttp1ConnectionCloseDelayMillis", "0");
        Server server = Server.builder()
                .http(new InetSocketAddress("127.0.0.1", 0))
                .requestTimeoutMillis(0)
                .serviceUnder("/", (context, request) -> {
                    context.addAdditionalResponseHeader("X-Filter", "passed");
                    if (context.path().equals("/fault")) {
                        throw new IllegalStateException("as asked for");
                    }
                    return HttpResponse.of(request.aggregate().thenCompose(all -> answer(context, all)));
                })
                .build();
        server.start().join();
        Launcher.ready(server.activeLocalPort());
    }

    private static CompletableFuture<HttpResponse> answer(
            ServiceRequestContext context, AggregatedHttpRequest request) {
        CompletableFuture<HttpResponse> response = new CompletableFuture<>();
        CoreApplication.onThread(() -> {
            try {
                CoreApplication.serve(new Call(context, request, response));
            } catch (RuntimeException failed) {
                response.completeExceptionally(failed);
            }
        });
        return response;
    }

    private static final class Call implements CoreApplication.Call {
        private final ServiceRequestContext context;
        private final AggregatedHttpRequest request;
        private final CompletableFuture<HttpResponse> response;
        private HttpResponseWriter writer;

        Call(ServiceRequestContext context, AggregatedHttpRequest request, CompletableFuture<HttpResponse> response) {
            this.context = context;
            this.request = request;
            this.response = response;
        }

        @Override
        public String path() {
            return context.path();
        }

        @Override
        public String query() {
            return context.query();
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(request.content().array());
        }

        @Override
        public OutputStream begin() {
            writer = HttpResponse.streaming();
            writer.write(ResponseHeaders.of(HttpStatus.OK));
            response.complete(writer);
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] chunk, int offset, int length) throws IOException {
                    if (!writer.tryWrite(HttpData.copyOf(chunk, offset, length))) {
                        throw new IOException("closed");
                    }
                }
            };
        }

        @Override
        public void send(String text) {
            response.complete(HttpResponse.of(MediaType.PLAIN_TEXT_UTF_8, text));
        }

        @Override
        public void end() {
            writer.close();
        }

        @Override
        public void later(CoreApplication.Rest rest) {
            CoreApplication.onThread(rest);
        }
    }
}
