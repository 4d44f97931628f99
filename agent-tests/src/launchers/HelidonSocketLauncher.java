import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;

/** The same with WebSockets at /socket. */
final class HelidonSocketLauncher {

    private HelidonSocketLauncher() {}

    public static void main(String[] args) throws Exception {
        HelidonLauncher.start(
                HelidonLauncher.configured().addRouting(WsRouting.builder().endpoint("/socket", new WsListener() {})));
    }
}
