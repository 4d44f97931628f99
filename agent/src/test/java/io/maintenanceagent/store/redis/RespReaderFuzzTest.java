package io.maintenanceagent.store.redis;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.maintenanceagent.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Whatever a server sends is a reply or a failure, and takes no more memory than was sent. */
class RespReaderFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void read_anyBytes_failWithAnIoException(byte[] bytes) {
        read(bytes);
    }

    @Test
    void read_mutations_failWithAnIoException() {
        Fuzz.run(
                "Redis reply",
                RespReaderFuzzTest::read,
                "*3\r\n$7\r\nmessage\r\n$9\r\nm:changed\r\n$7\r\nchanged\r\n",
                "+OK\r\n:1\r\n$-1\r\n*-1\r\n-ERR x\r\n",
                "-MOVED 3999 127.0.0.1:6381\r\n",
                "*1\r\n*3\r\n:0\r\n:5460\r\n*3\r\n$1\r\nh\r\n:1\r\n$2\r\naa\r\n");
    }

    private static void read(byte[] bytes) {
        RespReader replies = new RespReader(new ByteArrayInputStream(bytes));
        try {
            while (true) {
                replies.read();
            }
        } catch (IOException expected) {
            // at the latest at the end
        }
    }
}
