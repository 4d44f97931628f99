package shop;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Sends back what it is sent. */
@ServerEndpoint("/socket")
public class EchoSocket {

    @OnMessage
    public String echo(String text) {
        return text;
    }
}
