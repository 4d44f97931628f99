package io.maintenanceagent.tests.sockets;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Thousands of WebSockets on one thread, which say nothing and answer when they are closed. For one thread. */
final class ManySockets implements AutoCloseable {

    private static final byte CLOSE = (byte) 0x88;

    /** At a time, so that no queue of connections overflows. */
    private static final int BATCH = 64;

    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Map<Integer, Integer> codes = new TreeMap<>();
    private int opened;
    private int ended;

    ManySockets(int port, String path, int count, long limitNanos) throws IOException {
        byte[] handshake = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        long end = System.nanoTime() + limitNanos;
        while (opened < count && System.nanoTime() < end) {
            for (int i = channels.size(); i < Math.min(count, opened + BATCH); i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.write(ByteBuffer.wrap(handshake));
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Client());
                channels.add(channel);
            }
            select(end);
        }
        if (opened < count) {
            throw new IOException(opened + " of " + count + " sockets are open");
        }
    }

    /** Reads until all have ended, or the time is over. */
    void awaitEnd(long limitNanos) throws IOException {
        long end = System.nanoTime() + limitNanos;
        while (ended < channels.size() && System.nanoTime() < end) {
            select(end);
        }
    }

    /** How many were closed by the server with each code. */
    Map<Integer, Integer> codes() {
        return codes;
    }

    /** How many the server has ended the connection of. */
    int ended() {
        return ended;
    }

    private void select(long endNanos) throws IOException {
        selector.select(
                key -> {
                    Client client = (Client) key.attachment();
                    try {
                        client.read((SocketChannel) key.channel());
                    } catch (IOException gone) {
                        key.cancel();
                        ended++;
                    }
                },
                Math.max(1, Math.min(100, (endNanos - System.nanoTime()) / 1_000_000)));
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }

    /** What has come so far on one connection. */
    private final class Client {
        private final ByteBuffer in = ByteBuffer.allocate(1024);
        private boolean isOpen;

        void read(SocketChannel channel) throws IOException {
            if (channel.read(in) < 0) {
                throw new EOFException();
            }
            if (!isOpen) {
                String head = new String(in.array(), 0, in.position(), StandardCharsets.US_ASCII);
                int end = head.indexOf("\r\n\r\n");
                if (end < 0) {
                    return;
                }
                if (!head.startsWith("HTTP/1.1 101")) {
                    throw new IOException(head);
                }
                isOpen = true;
                opened++;
                in.flip().position(end + 4);
                in.compact();
            }
            if (in.position() >= 4 && in.get(0) == CLOSE && in.position() >= 2 + in.get(1)) {
                codes.merge((int) in.getShort(2), 1, Integer::sum);
                // The same code, masked by zeros.
                channel.write(ByteBuffer.wrap(new byte[] {CLOSE, (byte) 0x82, 0, 0, 0, 0, in.get(2), in.get(3)}));
                in.clear();
            }
        }
    }
}
