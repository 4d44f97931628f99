import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** The JDK's HttpServer, with a context for everything and one of its own. */
final class JdkLauncher {

    private JdkLauncher() {}

    public static void main(String[] args) throws Exception {
        HttpServer server = server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> CoreApplication.serve(new Call(exchange)))
                .getFilters()
                .add(new Mark());
        server.createContext("/desk", exchange -> CoreApplication.serve(new Call(exchange)));
        server.start();
        Launcher.ready(server.getAddress().getPort());
    }

    /** By HTTPS if the JVM has a key. */
    private static HttpServer server(InetSocketAddress address) throws Exception {
        if (System.getProperty("javax.net.ssl.keyStore") == null) {
            return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
        return server;
    }

    private static final class Mark extends Filter {

        @Override
        public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
            exchange.getResponseHeaders().set("X-Filter", "passed");
            chain.doFilter(exchange);
        }

        @Override
        public String description() {
            return "mark";
        }
    }

    private static final class Call implements CoreApplication.Call {
        private final HttpExchange exchange;

        Call(HttpExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public String path() {
            return exchange.getRequestURI().getPath();
        }

        @Override
        public String query() {
            return exchange.getRequestURI().getRawQuery();
        }

        @Override
        public InputStream body() {
            return exchange.getRequestBody();
        }

        @Override
        public OutputStream begin() throws IOException {
            exchange.sendResponseHeaders(200, 0);
            return exchange.getResponseBody();
        }

        @Override
        public void send(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            boolean isEmpty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, isEmpty ? -1 : bytes.length);
            if (!isEmpty) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        }

        /** As many do: the stream, and not the exchange. */
        @Override
        public void end() throws IOException {
            exchange.getResponseBody().close();
        }

        @Override
        public void later(CoreApplication.Rest rest) {
            CoreApplication.onThread(() -> {
                try {
                    rest.run();
                } finally {
                    exchange.close();
                }
            });
        }
    }
}
