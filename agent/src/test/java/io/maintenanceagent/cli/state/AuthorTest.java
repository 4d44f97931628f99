package io.maintenanceagent.cli.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthorTest {

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void user_withName_isTheName() {
        assertEquals("alice", Author.user(environment, "alice", "1000"));
        environment.put("SUDO_USER", "");
        assertEquals("alice", Author.user(environment, "alice", "1000"));
    }

    @Test
    void user_withoutName_isTheNumber() {
        assertEquals("123456", Author.user(environment, "?", "123456"));
        assertEquals("123456", Author.user(environment, null, "123456"));
        assertEquals("?", Author.user(environment, " ", null));
    }

    @Test
    void user_underSudo_isTheUserBehindIt() {
        environment.put("SUDO_UID", "1000");
        assertEquals("1000", Author.user(environment, "root", "0"));
        environment.put("SUDO_USER", "alice");
        assertEquals("alice", Author.user(environment, "root", "0"));
        assertEquals("alice", Author.user(environment, "tomcat", "91"));
        assertEquals("bob", Author.user(Collections.singletonMap("DOAS_USER", "bob"), "root", "0"));
    }

    @Test
    void author_endsWithTheHost() {
        assertTrue(Author.of(environment).matches("[^@?]+@[^@]+"), Author.of(environment));
    }
}
