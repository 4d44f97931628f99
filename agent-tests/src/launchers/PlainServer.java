import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server of its own making, as nobody knows any: it answers whatever it is asked. */
final class PlainServer {

    private PlainServer() {}

    public static void main(String[] args) throws Exception {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread server = new Thread(() -> serve(socket));
        server.setDaemon(true);
        server.start();
        Launcher.ready(socket.getLocalPort());
    }

    private static void serve(ServerSocket socket) {
        while (true) {
            try (Socket client = socket.accept()) {
                awaitHeaders(client.getInputStream());
                client.getOutputStream().write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes());
            } catch (IOException clientGone) {
                // the next one
            }
        }
    }

    private static void awaitHeaders(InputStream in) throws IOException {
        for (int lineEnds = 0, c = in.read(); c >= 0 && lineEnds < 2; c = lineEnds < 2 ? in.read() : -1) {
            lineEnds = c == '\n' ? lineEnds + 1 : c == '\r' ? lineEnds : 0;
        }
    }
}
