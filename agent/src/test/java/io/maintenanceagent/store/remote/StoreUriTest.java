package io.maintenanceagent.store.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreUriTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "x://h > h:9",
                "x://h:1,my_host,10.0.0.1:3/p > h:1,my_host:9,10.0.0.1:3",
                "x://u:p@a:1,b:2 > a:1,b:2",
                "x://[::1]:7 > [::1]:7"
            })
    void parse_hosts_areAllThere(String uri, String hosts) {
        assertEquals(hosts, parse(uri).hosts());
    }

    @Test
    void parse_pathAndParameters_areDecoded() {
        StoreUri uri = parse("X://u%3A:p%40,q@h/a%20b/c?key=1%262+3&password-file=/run/s");
        assertEquals("x", uri.scheme());
        assertEquals("u:", uri.user());
        assertEquals("p@,q", uri.password());
        assertEquals("a b/c", uri.path());
        assertEquals("1&2+3", uri.parameter("key"));
        assertNull(uri.parameter("password-env"));
        assertEquals("", parse("x://h").path());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "x:h > there is no host",
                "x:///p > there is no host",
                "x://h, > a host is no name and no address",
                "x://,h > a host is no name and no address",
                "x://u:secret@ > a host is no name and no address",
                "x://h:0 > a port is no number from 1 to 65535",
                "x://u:secret > a port is no number from 1 to 65535",
                "x://h:65536 > a port is no number from 1 to 65535",
                "x://h,h:9 > a host is there twice",
                "x://h?kee=a > there is an unknown parameter; allowed: key, password-file, password-env, truststore",
                "x://h?key > the parameter key has no value",
                "x://h?key= > the parameter key has no value",
                "x://h?key=a&key=b > the parameter key is there twice",
                "x://h? > there is an unknown parameter; allowed: key, password-file, password-env, truststore",
                "x://h?key=%FF > a part has a %XX that is not UTF-8",
                "x://h#secret > there is a fragment; # is written as %23",
            })
    void parse_badUri_saysWhichPart(String uri, String fault) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> parse(uri)).getMessage();
        assertEquals(fault, message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void secret_oneOfThree_isTaken() {
        assertNull(parse("x://h").secret("password", null));
        assertEquals("a secret in the URI", "" + parse("x://h").secret("password", "s3cret"));
        assertEquals("the file /f", "" + parse("x://h?password-file=/f").secret("password", null));
        assertEquals(
                "the environment variable V", "" + parse("x://h?password-env=V").secret("password", null));
        assertThrows(
                IllegalArgumentException.class,
                () -> parse("x://h?password-env=V").secret("password", "p"));
        assertThrows(
                IllegalArgumentException.class,
                () -> parse("x://h?password-env=V&password-file=/f").secret("password", null));
    }

    private static StoreUri parse(String uri) {
        return new StoreUri(URI.create(uri), 9, "key", "password-file", "password-env", "truststore");
    }
}
