package shop;

import javax.websocket.server.ServerEndpoint;

/** The same at another path. */
@ServerEndpoint("/free/socket")
public class FreeSocket extends EchoSocket {}
