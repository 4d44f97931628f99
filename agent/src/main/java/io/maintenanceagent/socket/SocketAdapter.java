package io.maintenanceagent.socket;

/**
 * What the agent has to know of the WebSockets of one server. Implementations have a public constructor without
 * parameters, and are safe for any thread.
 */
interface SocketAdapter {

    /**
     * Returns what a handshake and its socket are both known by.
     *
     * @param opened what a woven method has shown: a socket, or the handshake that leads to one
     * @return {@code null} if it is neither
     */
    Object connection(Object opened);

    /**
     * Returns whether a request is its handshake.
     *
     * @param opened what a woven method has shown
     */
    boolean isHandshake(Object opened);

    /**
     * Returns what the server knows the request by that is its handshake.
     *
     * @param opened what a woven method has shown
     * @return {@code null} if that runs on the thread
     */
    default Object request(Object opened) {
        return null;
    }

    /**
     * Returns whether it is a socket, and not only a handshake.
     *
     * @param opened what a woven method has shown
     */
    boolean isSocket(Object opened);

    /**
     * Returns whether a socket is not closed: until the client has answered that it is closed, or has gone, and what
     * the server does with its last message is done.
     *
     * @param socket a socket
     */
    boolean isOpen(Object socket);

    /**
     * Tells the client that the socket is closed. May wait for a second; the application's code may run within.
     *
     * @param socket a socket that is open
     * @param code the status code (RFC 6455 section 7.4)
     * @param reason what to tell it, in few characters
     * @return whether it is told; {@code false} if the socket is not ready for that yet
     */
    boolean close(Object socket, int code, String reason) throws Exception;

    /**
     * Closes the connection of a client that does not answer. Does not wait.
     *
     * @param socket a socket
     */
    void abort(Object socket) throws Exception;
}
