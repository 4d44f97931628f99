import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;

/** Undertow without servlets. */
final class UndertowCoreLauncher {

    private UndertowCoreLauncher() {}

    public static void main(String[] args) throws Exception {
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setWorkerThreads(64)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setHandler(new BlockingHandler(exchange -> {
                    exchange.getResponseHeaders().put(io.undertow.util.HttpString.tryFromString("X-Filter"), "passed");
                    CoreApplication.serve(new Call(exchange));
                }))
                .build();
        undertow.start();
        Launcher.ready(((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort());
    }

    private record Call(HttpServerExchange exchange) implements CoreApplication.Call {

        @Override
        public String path() {
            return exchange.getRequestPath();
        }

        @Override
        public String query() {
            return exchange.getQueryString();
        }

        @Override
        public InputStream body() {
            return exchange.getInputStream();
        }

        @Override
        public OutputStream begin() {
            return exchange.getOutputStream();
        }

        @Override
        public void send(String text) throws IOException {
            exchange.getOutputStream().write(text.getBytes("UTF-8"));
            exchange.endExchange();
        }

        @Override
        public void end() {
            exchange.endExchange();
        }

        /** It has to end somewhere: a handler that forgets that leaves its connection open for ever. */
        @Override
        public void later(CoreApplication.Rest rest) {
            exchange.dispatch(
                    Runnable::run,
                    () -> CoreApplication.onThread(() -> {
                        try {
                            rest.run();
                        } finally {
                            exchange.endExchange();
                        }
                    }));
        }
    }
}
