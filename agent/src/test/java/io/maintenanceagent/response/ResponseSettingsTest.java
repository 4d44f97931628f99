package io.maintenanceagent.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.json.Json;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.report.ErrorReporter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseSettingsTest {

    private final ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));

    private ResponseSettings parse(String json, ResponseSettings base) throws MalformedContentException {
        return ResponseSettings.parse(
                Json.parse(json.getBytes(StandardCharsets.UTF_8)), base, name -> "\"" + name + "\"", errors);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "/status     | {\"status\": 204}",
                "/status     | {\"status\": 302}",
                "/status     | {\"status\": \"503\"}",
                "/status     | {\"status\": 700}",
                "/retryAfter | {\"retryAfter\": -1}",
                "/retryAfter | {\"retryAfter\": 1.5}",
                "/jitter     | {\"jitter\": -0.1}",
                "/jitter     | {\"jitter\": 11}",
                "/headers/X  | {\"headers\": {\"X\": \"a\\r\\nSet-Cookie: b\"}}",
                "/headers/X  | {\"headers\": {\"X\": \"\\u0000\"}}",
                "/headers/X  | {\"headers\": {\"X\": 1}}",
                "/headers/X Y | {\"headers\": {\"X Y\": \"a\"}}",
                "/headers/   | {\"headers\": {\"\": \"a\"}}",
                "/headers/x  | {\"headers\": {\"X\": \"a\", \"x\": \"b\"}}",
                "/headers/Connection | {\"headers\": {\"Connection\": \"close\"}}",
                "/headers/transfer-encoding | {\"headers\": {\"transfer-encoding\": \"chunked\"}}",
                "/headers/Content-Length | {\"headers\": {\"Content-Length\": \"1\"}}",
                "/headers/Access-Control-Allow-Origin | {\"headers\": {\"Access-Control-Allow-Origin\": \"*\"}}",
                "/redirect   | {\"redirect\": \"javascript:alert(1)\"}",
                "/redirect   | {\"redirect\": \"x\"}",
                "/redirect   | {\"redirect\": \"//example.com/x\"}",
                "/redirect   | {\"redirect\": \"https://a/\\r\\nb\"}",
                "/cors/origins/0 | {\"cors\": {\"origins\": [\"*\"]}}",
                "/cors/origins/0 | {\"cors\": {\"origins\": [\"https://a.example/x\"]}}",
                "/cors/origins/0 | {\"cors\": {\"origins\": [\"https://*.example\"]}}",
                "/cors/origins/0 | {\"cors\": {\"origins\": [\"null\"]}}",
                "/cors/origin | {\"cors\": {\"origin\": []}}",
                "/other      | {\"other\": 1}",
                "the whole   | []",
            })
    void parse_invalid_errorHasThePointer(String pointer, String json) {
        MalformedContentException e =
                assertThrows(MalformedContentException.class, () -> parse(json, ResponseSettings.DEFAULT));
        assertTrue(e.getMessage().startsWith(pointer + " ("), e.getMessage());
    }

    @Test
    void parse_rule_inheritsFromThePolicy() throws Exception {
        ResponseSettings policy = parse(
                "{\"status\": 500, \"retryAfter\": 5, \"jitter\": 0.5, \"text\": \"t\", \"redirect\": \"/x\","
                        + " \"json\": \"a\", \"html\": \"b\", \"headers\": {\"X\": \"y\"}}",
                ResponseSettings.DEFAULT);
        ResponseSettings rule = parse("{\"status\": 404, \"redirect\": null, \"json\": null}", policy);
        assertEquals(404, rule.status());
        assertEquals(5, rule.retryAfter());
        assertEquals(0.5, rule.jitter());
        assertEquals("t", rule.text());
        assertEquals("\"b\"", rule.html());
        assertNull(rule.redirect());
        assertNull(rule.json());
        assertEquals(policy.headers(), rule.headers());
    }
}
