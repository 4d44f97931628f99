package io.maintenanceagent.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    @ParameterizedTest
    @CsvSource({
        "redis://h, false, h, 6379, 0, maintenance, redis://h:6379/0?key=maintenance",
        "REDIS://h/, false, h, 6379, 0, maintenance, redis://h:6379/0?key=maintenance",
        "rediss://a.b:1, true, a.b, 1, 0, maintenance, rediss://a.b:1/0?key=maintenance",
        "redis://my_redis:65535/15, false, my_redis, 65535, 15, maintenance, redis://my_redis:65535/15?key=maintenance",
        "redis://[::1]:7/0?key=a, false, ::1, 7, 0, a, redis://[::1]:7/0?key=a",
        "redis://[::1], false, ::1, 6379, 0, maintenance, redis://[::1]:6379/0?key=maintenance",
        "redis://h?key=a%20b+c%2F%C3%A4, false, h, 6379, 0, a b+c/ä, redis://h:6379/0?key=a%20b+c%2F%C3%A4",
        "redis://h/3?key=a=b:c, false, h, 6379, 3, a=b:c, redis://h:6379/3?key=a=b:c",
    })
    void parse_uri_hasServerAndKey(
            String uri, boolean tls, String host, int port, int database, String key, String name) {
        RedisAddress address = RedisAddress.parse(URI.create(uri));
        assertEquals(tls, address.tls());
        assertEquals(host, address.host());
        assertEquals(port, address.port());
        assertEquals(database, address.database());
        assertEquals(key, address.key());
        assertEquals(name, address.toString());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "redis://h, none, none",
                "redis://:p@h, none, p",
                "redis://u:p@h, u, p",
                "redis://u:@h, u, ''",
                "redis://u%3A1:p%40%3A%2F%25+%2C@h:1/2, u:1, 'p@:/%+,'",
                "redis://u:p:q@h, u, p:q",
                "redis://u:p@my_redis:6379, u, p",
            })
    void parse_login_isReadAndNeverShown(String uri, String user, String password) {
        RedisAddress address = RedisAddress.parse(URI.create(uri));
        assertEquals(user, address.user());
        assertEquals(password, address.password());
        assertFalse(address.toString().contains("@"), address.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis:h",
                "redis:///0",
                "redis:/0",
                "redis://:6379",
                "redis://h:",
                "redis://h:0",
                "redis://h:65536",
                "redis://h:x",
                "redis://h:-1",
                "redis://h/x",
                "redis://h/-1",
                "redis://h/1/2",
                "redis://h/1234567890",
                "redis://u@h",
                "redis://h?",
                "redis://h?key=",
                "redis://h?kee=a",
                "redis://h?key=a&timeout=1",
                "redis://h?db=1",
                "redis://h#key",
                "redis://a,b",
                "redis://u:secret@",
                "redis://u:secret@h?x=1",
                "redis://u:secret@h:port"
            })
    void parse_invalidUri_errorSaysWhatIsAllowed(String uri) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> RedisAddress.parse(URI.create(uri)));
        assertTrue(e.getMessage().startsWith("redis://[[USER]:PASSWORD@]HOST[:PORT]"), e.getMessage());
        assertFalse((e + "" + e.getCause()).contains("secret"));
    }

    @Test
    void open_uri_doesNotConnect() {
        new RedisStoreFactory("redis")
                .open(URI.create("redis://nowhere.invalid"))
                .close();
    }
}
