package shop;

import javax.websocket.OnMessage;
import javax.websocket.server.ServerEndpoint;

/** Sends back what it is sent. */
@ServerEndpoint("/socket")
public class EchoSocket {

    @OnMessage
    public String echo(String text) {
        return text;
    }
}
