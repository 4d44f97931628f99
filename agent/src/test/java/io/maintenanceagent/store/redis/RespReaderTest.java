package io.maintenanceagent.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespReaderTest {

    @Test
    void read_replies_areTheirValues() throws IOException {
        RespReader replies = reader("+OK\r\n:-42\r\n$5\r\na\r\nbc\r\n$0\r\n\r\n$-1\r\n*-1\r\n*0\r\n"
                + "*3\r\n$1\r\nx\r\n*1\r\n:1\r\n-ERR no\r\n-MOVED 1 h:2\r\n");
        assertArrayEquals("OK".getBytes(UTF_8), (byte[]) replies.read());
        assertEquals(-42L, replies.read());
        assertArrayEquals("a\r\nbc".getBytes(UTF_8), (byte[]) replies.read());
        assertArrayEquals(new byte[0], (byte[]) replies.read());
        assertNull(replies.read());
        assertNull(replies.read());
        assertEquals(List.of(), replies.read());
        List<?> list = (List<?>) replies.read();
        assertEquals(List.of(1L), list.get(1));
        assertEquals("ERR no", ((ErrorReply) list.get(2)).getMessage());
        assertEquals("MOVED", ((ErrorReply) replies.read()).code());
    }

    @Test
    void read_slowServer_waitsForTheRest() throws IOException {
        byte[] content = new byte[300_000];
        Arrays.fill(content, (byte) '\n');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("$300000\r\n".getBytes(UTF_8));
        bytes.writeBytes(content);
        bytes.writeBytes("\r\n".getBytes(UTF_8));
        InputStream trickle = new ByteArrayInputStream(bytes.toByteArray()) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 7));
            }
        };
        assertArrayEquals(content, (byte[]) new RespReader(trickle).read());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "$5\r\nabc",
                "$5\r\nabcdefg\r\n",
                "$-2\r\n",
                "$99999999999\r\n",
                "$x\r\n",
                "*1000001\r\n",
                "*2\r\n:1\r\n",
                ":\r\n",
                "+OK\n",
                "+OK\rx",
                "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n"
            })
    void read_noReply_fails(String bytes) {
        assertThrows(IOException.class, () -> reader(bytes).read());
    }

    /** A server that announces much and sends little. */
    @Test
    void read_announcedLength_isNotTakenForGranted() {
        for (int i = 0; i < 1_000; i++) {
            assertThrows(IOException.class, () -> reader("$60000000\r\nabc").read());
            assertThrows(IOException.class, () -> reader("*1000000\r\n:1\r\n").read());
        }
    }

    private static RespReader reader(String bytes) {
        return new RespReader(new ByteArrayInputStream(bytes.getBytes(UTF_8)));
    }
}
