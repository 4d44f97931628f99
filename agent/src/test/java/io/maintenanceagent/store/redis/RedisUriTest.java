package io.maintenanceagent.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.store.remote.Endpoint;
import io.maintenanceagent.store.remote.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUriTest {

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
        RedisUri address = RedisUri.parse(URI.create(uri));
        assertEquals(tls, address.settings().tls() != null);
        assertEquals(List.of(new Endpoint(host, port)), address.endpoints());
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
    void parse_login_isReadAndNeverShown(String uri, String user, String password) throws IOException {
        RedisUri address = RedisUri.parse(URI.create(uri));
        assertEquals(user, address.settings().user());
        Secret secret = address.settings().password();
        assertEquals(password, secret == null ? null : secret.read());
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
                "redis://h?key=a&key=b",
                "redis://h?keystore=/k",
                "redis://h?sentinel-user=u",
                "redis://u:secret@h?password-file=/f",
                "redis://h?password-file=/f&password-env=V",
                "rediss://h?keystore-password-env=V",
                "redis://a,b",
                "redis://u:secret@",
                "redis://u:secret@h?x=1",
                "redis://u:secret@h:port"
            })
    void parse_invalidUri_errorSaysWhatIsAllowed(String uri) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> RedisUri.parse(URI.create(uri)));
        assertTrue(e.getMessage().startsWith("redis://[[USER]:PASSWORD@]HOST[:PORT]"), e.getMessage());
        assertFalse((e + "" + e.getCause()).contains("secret"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis-sentinel://a,b:1,c/main|SENTINEL|a:26379,b:1,c:26379|0|"
                        + "redis-sentinel://a:26379,b:1,c:26379/main?key=maintenance",
                "rediss-sentinel://u:p@a/main?key=k&db=3|SENTINEL|a:26379|3|"
                        + "rediss-sentinel://a:26379/main?key=k&db=3",
                "redis-cluster://a,b:1?key=k{t}|CLUSTER|a:6379,b:1|0|redis-cluster://a:6379,b:1?key=k%7Bt%7D",
                "rediss-cluster://a?keystore=/k&keystore-password-env=V&truststore=/t|CLUSTER|a:6379|0|"
                        + "rediss-cluster://a:6379?key=maintenance"
            })
    void parse_severalServers_areFound(String uri, RedisUri.Kind kind, String hosts, int database, String name) {
        RedisUri parsed = RedisUri.parse(URI.create(uri.replace("{", "%7B").replace("}", "%7D")));
        assertEquals(kind, parsed.kind());
        assertEquals(hosts, parsed.endpoints().toString().replaceAll("[\\[\\] ]", ""));
        assertEquals(database, parsed.database());
        assertEquals(name, parsed.toString());
    }

    @Test
    void parse_loginForSentinels_isAnother() throws IOException {
        RedisUri uri = RedisUri.parse(
                URI.create("redis-sentinel://u@h/m?password-env=A&sentinel-user=s" + "&sentinel-password-env=B"));
        assertEquals("u", uri.settings().user());
        assertEquals("the environment variable A", "" + uri.settings().password());
        assertEquals("s", uri.sentinelSettings().user());
        assertEquals("the environment variable B", "" + uri.sentinelSettings().password());
        assertEquals("m", uri.master());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://a,b|several hosts belong to redis-sentinel or redis-cluster",
                "redis://h/x|the database is no number",
                "redis://u@h|there is a user without a password",
                "redis-sentinel://h|there is no name of a master",
                "redis-sentinel://h/?key=a|there is no name of a master",
                "redis-sentinel://h/a/1|there is no name of a master",
                "redis-sentinel://h/m?db=x|the database is no number",
                "redis-sentinel://h/m?sentinel-user=s|there is a sentinel-user without a password",
                "redis-sentinel://h:0/m|a port is no number from 1 to 65535",
                "redis-cluster://h/0|there is a path; a cluster has database 0 alone",
                "redis-cluster://h?db=0|db belongs to redis-sentinel",
                "redis-cluster://h?key=a%7Db|braces in a cluster's key are allowed around a hash tag only",
                "redis-cluster://h?password-file=|the parameter password-file has no value"
            })
    void parse_invalidUri_errorNamesThePart(String uri, String fault) {
        String message = assertThrows(IllegalArgumentException.class, () -> RedisUri.parse(URI.create(uri)))
                .getMessage();
        assertTrue(message.startsWith(uri.substring(0, uri.indexOf("//")) + "//[[USER]:PASSWORD@]HOST"), message);
        assertTrue(message.endsWith("; here " + fault), message);
    }

    @Test
    void open_uri_doesNotConnect() {
        new RedisStoreFactory("redis")
                .open(URI.create("redis://nowhere.invalid"))
                .close();
    }
}
