package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.json.MalformedContentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyParserTest {

    @Test
    void parse_documentedExample_isRead() throws MalformedContentException {
        Policy policy = Policies.parse("{ // all of it\n"
                + "'rules': [{'path': '/beta/**', 'maintenance': 'on'},"
                + "  {'path': '/status', 'method': ['GET'], 'maintenance': 'off'},"
                + "  {'servlet': 'com.acme.HealthServlet', 'maintenance': 'off'},"
                + "  {'annotation': 'com.acme.AlwaysAvailable', 'maintenance': 'off'}],"
                + "'exempt': {'presets': ['docs', 'probes', 'robots'],"
                + "  'paths': ['/assets/**'], 'addresses': ['10.0.0.0/8', '::1'], 'headers': {'X-Admin-Key': "
                + "'another one, as long'},"
                + "  'userAgents': ['Monitoring*'], 'roles': ['admin']},"
                + "'trustedProxies': ['127.0.0.0/8'],"
                + "'bypass': {'secret': 'a secret that is long enough', 'ttl': 'PT12H'},"
                + "'response': {'status': 503}}");
        assertTrue(policy.forcesOn());
        assertEquals(503, policy.response().get("status").integer(100, 599));
        assertEquals(0, policy.warnings().size());
        assertFalse(Policies.parse("{}").forcesOn());
        assertNull(Policies.parse("{'response': null}").response());
    }

    /** Each of these has one error; the message names its place, and what is allowed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | the whole (line 1, column 1) is a list; allowed: an object",
                "{'rule': []} | /rule (line 1, column 10) unknown member; allowed: rules, exempt, trustedProxies, "
                        + "bypass,"
                        + " unmapped, sessionCookies, response, work, sockets, grace",
                "{'sessionCookies': 7} | /sessionCookies (line 1, column 20) is 7; allowed: a text in quotes, or "
                        + "a list of"
                        + " them",
                "{'sessionCookies': ['SID', 'a b']} | /sessionCookies/1 (line 1, column 28) is \"a b\"; allowed: "
                        + "the name of"
                        + " a cookie",
                "{'rules': {}} | /rules (line 1, column 11) is an object; allowed: a list",
                "{'rules': [{'path': '/x'}]} | /rules/0 (line 1, column 12) has neither \"maintenance\" (\"on\" or"
                        + " \"off\") nor a \"response\"",
                "{'rules': [{'path': '/x', 'maintenance': true}]} | /rules/0/maintenance (line 1, column 42) is true;"
                        + " allowed: \"on\" or \"off\"",
                "{'rules': [{'maintenance': 'on'}]} | /rules/0 (line 1, column 12) is about nothing; allowed: at "
                        + "least one"
                        + " of path, method, servlet, annotation, hosts, contexts",
                "{'rules': [{'path': [], 'maintenance': 'on'}]} | /rules/0/path (line 1, column 21) is an empty "
                        + "list, which"
                        + " nothing matches; leave it out to match all",
                "{'rules': [{'paths': '/x', 'maintenance': 'on'}]} | /rules/0/paths (line 1, column 22) unknown member;"
                        + " allowed: path, method, servlet, annotation, hosts, contexts, schedule, message, jdbc, "
                        + "mode, maintenance, response",
                "{'rules': [{'path': 'x', 'maintenance': 'on'}]} | /rules/0/path (line 1, column 21) \"x\" is "
                        + "not a path"
                        + " pattern; it begins with / or with regex:",
                "{'exempt': {'presets': ['probe']}} | /exempt/presets/0 (line 1, column 25) is \"probe\"; "
                        + "allowed: docs,"
                        + " probes, robots, acme",
                "{'exempt': {'presets': 'probes'}} | /exempt/presets (line 1, column 24) is \"probes\"; "
                        + "allowed: a list",
                "{'exempt': {'path': ['/x']}} | /exempt/path (line 1, column 21) unknown member; allowed: presets,"
                        + " paths,"
                        + " addresses, headers, userAgents, roles",
                "{'exempt': {'addresses': ['10.0.0.0/33']}} | /exempt/addresses/0 (line 1, column 27) "
                        + "\"10.0.0.0/33\" is not"
                        + " a network; its length is from 0 to 32; allowed: like 192.0.2.1, 10.0.0.0/8, ::1 or "
                        + "fd00::/8,"
                        + " without zone",
                "{'exempt': {'userAgents': ['']}} | /exempt/userAgents/0 (line 1, column 28) is \"\"; allowed: a "
                        + "text that is"
                        + " not empty",
                "{'unmapped': 'pass'} | /unmapped (line 1, column 14) is \"pass\"; allowed: \"application\" or "
                        + "\"refuse\"",
                "{'bypass': {'secret': 'xxxxxxxxxxxxxxxxxxxx', 'ttl': '12h'}} | /bypass/ttl (line 1, column 54) "
                        + "is \"12h\";"
                        + " allowed: an ISO-8601 duration from PT1S to PT8784H, like PT12H",
                "{'bypass': {}} | /bypass (line 1, column 12) has no secret; allowed: one of secret, secretFile, "
                        + "secretEnv",
                "{'bypass': {'secretFile': 'x'}} | /bypass/secretFile (line 1, column 27) names a file that "
                        + "cannot be read:"
                        + " no such file",
                "{'rules': [{'path': '/x', 'mode': 'readonly', 'maintenance': 'off'}]} | /rules/0/mode (line 1, "
                        + "column 35) is"
                        + " \"readonly\"; allowed: \"read-only\" or \"full\"",
                "{'rules': [{'mode': 'full', 'maintenance': 'on'}]} | /rules/0 (line 1, column 12) is about "
                        + "nothing; allowed:"
                        + " at least one of path, method, servlet, annotation, hosts, contexts",
                "{'rules': [{'hosts': 'www.example.com:80', 'maintenance': 'on'}]} | /rules/0/hosts (line 1, column 22)"
                        + " \"www.example.com:80\" is not a host; a name or an address without port or scheme, or "
                        + "*.NAME for"
                        + " all below it",
                "{'rules': [{'hosts': ['straße.example'], 'maintenance': 'on'}]} | /rules/0/hosts/0 (line 1, column 23)"
                        + " \"straße.example\" has a letter that browsers and Java write differently in ASCII; "
                        + "allowed: its"
                        + " form that begins with xn--",
                "{'bypass': {'secret': 'xxxxxxxxxxxxxxxxxxxx', 'cookiePath': 'shop'}} | /bypass/cookiePath (line "
                        + "1, column"
                        + " 61) is \"shop\"; allowed: a path as it stands in a URL; it begins with a slash, and "
                        + "has no ; and"
                        + " no ,",
                "{'bypass': {'secretEnv': 'X'}} | /bypass/secretEnv (line 1, column 26) is not the name of an "
                        + "environment"
                        + " variable that is set"
            })
    void parse_invalidPolicy_errorHasPointerValueAndWhatIsAllowed(String policy, String message) {
        assertEquals(
                message,
                assertThrows(MalformedContentException.class, () -> Policies.parse(policy))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'bypass': 'hunter2'}",
                "{'bypass': {'secret': hunter2}}",
                "{'bypass': {'secret': 'hunter2', 'secretEnv': 'hunter2'}}",
                "{'bypass': {'secret': ['hunter2']}}",
                "{'bypass': {'secretEnv': 'hunter2'}}",
                "{'exempt': {'headers': 'hunter2'}}",
                "{'exempt': {'headers': {'X-Key': {'hunter2': 1}}}}",
                "{'exempt': {'headers': {'X Key': 'hunter2'}}}",
                "{'exempt': {'headers': {'X-Key': 'hunter2\\n'}}}",
                "{'exempt': {'headers': {'X-Key': ' hunter2'}}}",
                "{'bypass': {'secret': 'hunter2\\u0000'}}"
            })
    void parse_invalidSecret_errorHidesIt(String policy) {
        String message = assertThrows(MalformedContentException.class, () -> Policies.parse(policy))
                .getMessage();
        assertFalse(message.contains("hunter2"), message);
    }

    @Test
    void parse_secretEnvAndSecretFile_areRead() throws MalformedContentException {
        Bypass file = Policies.parse("{'bypass': {'secretFile': 'secret.txt'}}").bypass;
        assertTrue(file.isLink(FakeRequest.get("/").query("maintenance-bypass=from%20the%20file,%20long%20enough")));
        Bypass environment = Policies.parse("{'bypass': {'secretEnv': 'SECRET'}}").bypass;
        assertTrue(environment.isLink(FakeRequest.get("/").query("maintenance-bypass=from%20the%20environment")));
    }

    @Test
    void parse_shortSecret_warnsAndHidesIt() throws MalformedContentException {
        assertEquals(
                "[/bypass/secret (line 1, column 23) is a secret of less than 16 characters, which can be guessed]",
                Policies.parse("{'bypass': {'secret': 'hunter2'}}").warnings().toString());
    }
}
