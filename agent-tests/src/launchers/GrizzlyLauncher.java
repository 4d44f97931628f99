import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Grizzly's own HttpServer. */
final class GrizzlyLauncher {

    private GrizzlyLauncher() {}

    public static void main(String[] args) throws Exception {
        HttpServer server = new HttpServer();
        NetworkListener listener = new NetworkListener("clients", "127.0.0.1", 0);
        listener.getTransport().getWorkerThreadPoolConfig().setCorePoolSize(64).setMaxPoolSize(64);
        server.addListener(listener);
        server.getServerConfiguration()
                .addHttpHandler(
                        new HttpHandler() {
                            @Override
                            public void service(Request request, Response response) throws IOException {
                                response.setHeader("X-Filter", "passed");
                                CoreApplication.serve(new Call(request, response));
                            }
                        },
                        "/");
        server.start();
        Launcher.ready(listener.getPort());
    }

    private record Call(Request request, Response response) implements CoreApplication.Call {

        @Override
        public String path() {
            return request.getRequestURI();
        }

        @Override
        public String query() {
            return request.getQueryString();
        }

        @Override
        public InputStream body() {
            return request.getInputStream();
        }

        @Override
        public OutputStream begin() {
            return response.getOutputStream();
        }

        @Override
        public void send(String text) throws IOException {
            response.getOutputStream().write(text.getBytes("UTF-8"));
        }

        @Override
        public void end() {
            // it ends with its handler, or is resumed
        }

        @Override
        public void later(CoreApplication.Rest rest) {
            response.suspend();
            CoreApplication.onThread(() -> {
                try {
                    rest.run();
                } finally {
                    response.resume();
                }
            });
        }
    }
}
