package io.maintenanceagent.store.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h/x | http://h/x | /x",
                "HTTPS://H:443/a%20b/ä | https://h/a%20b/ä | /a%20b/%C3%A4",
                "https://u:p@h:8443 | https://h:8443/ | /",
                "https://h/x?sig=SECRET&v=1#poll=5 | https://h/x?… | /x?sig=SECRET&v=1",
                "https://[::1]:8443/x#token-file=/run/t&wait=5 | https://[::1]:8443/x | /x",
                "https://under_score/x | https://under_score/x | /x",
            })
    void parse_good_nameHasNoSecret(String uri, String name, String target) {
        UrlAddress address = UrlAddress.parse(URI.create(uri));
        assertEquals(name, address.toString());
        assertEquals(target, address.target());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:/x",
                "http:x",
                "http:///x",
                "http://h:0/x",
                "http://h:99999/x",
                "http://h:x/x",
                "http://a,b/x",
                "http://PASSWORD@h/x",
                "http://:PASSWORD@h/x",
                "http://u:PASSWORD@h/x#password-file=f",
                "http://u:PASSWORD@h/x#token-file=f",
                "http://h/x#token-file=f&token-env=N",
                "http://h/x#token-file=",
                "http://h/x#tokn-file=f",
                "http://h/x#poll=0",
                "http://h/x#poll=soon",
                "http://h/x#wait=9",
                "http://h/x#put=always",
                "http://h/x#keystore-password-file=f",
            })
    void parse_bad_errorSaysWhatIsAllowedAndQuotesNothing(String uri) {
        String message = assertThrows(IllegalArgumentException.class, () -> UrlAddress.parse(URI.create(uri)))
                .getMessage();
        assertTrue(message.startsWith("http://[USER[:PASSWORD]@]HOST[:PORT]/PATH, https://"), message);
        assertTrue(message.endsWith(")"), message);
        assertFalse(message.replace(":PASSWORD]", "").contains("PASSWORD"), message);
    }

    @Test
    void login_isForTheHeader() throws Exception {
        assertEquals(
                "Basic dTpww7Y=",
                UrlAddress.parse(URI.create("http://u:p%C3%B6@h/x")).authorization());
    }
}
