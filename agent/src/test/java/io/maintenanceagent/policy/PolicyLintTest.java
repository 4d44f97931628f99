package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.maintenanceagent.json.MalformedContentException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'exempt': {'paths': ['/a', '/**']}} | /exempt/paths/1 (line 1, column 29) exempts every request",
                "{'exempt': {'paths': 'regex:.*'}} | /exempt/paths (line 1, column 22) exempts every request",
                "{'exempt': {'addresses': ['::/0']}} | /exempt/addresses/0 (line 1, column 27) exempts every request",
                "{'exempt': {'userAgents': ['*']}} | /exempt/userAgents/0 (line 1, column 28) exempts every request",
                "{'exempt': {'headers': {'X-Key': 'sesame'}}} | /exempt/headers/X-Key (line 1, column 34) is a "
                        + "header of less",
                "{'trustedProxies': ['0.0.0.0/0']} | /trustedProxies/0 (line 1, column 21) trusts every address",
                "{'bypass': {'secret': 'sesame'}} | /bypass/secret (line 1, column 23) is a secret of less",
                "{'rules': [{'path': '/x', 'method': ['GET', 'post'], 'maintenance': 'off'}]} | /rules/0/method/1 "
                        + "(line 1,"
                        + " column 45) is a method in lower case",
                "{'rules': [{'path': '/**', 'maintenance': 'off'}]} | /rules/0/path (line 1, column 21) lets "
                        + "every request",
                "{'rules': [{'path': '/**', 'maintenance': 'on'}]} | /rules/0/path (line 1, column 21) refuses every"
            })
    void lint_questionablePolicy_warns(String policy, String begin) throws MalformedContentException {
        List<String> warnings = Policies.parse(policy).warnings();
        assertEquals(1, warnings.size(), warnings::toString);
        assertEquals(begin, warnings.get(0).substring(0, begin.length()));
        assertFalse(warnings.get(0).contains("sesame"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'rules': [{'path': '/**', 'method': 'GET', 'maintenance': 'off'}]}",
                "{'rules': [{'path': '/**', 'response': {'status': 200}}]}",
                "{'exempt': {'paths': ['/assets/**', '/*'], 'addresses': ['10.0.0.0/8'], 'userAgents': ['Probe*']}}",
                "{'exempt': {'headers': {'X-Key': ['nobody guesses this']}}, 'trustedProxies': [], 'rules': null}"
            })
    void lint_cleanPolicy_noWarnings(String policy) throws MalformedContentException {
        assertEquals(List.of(), Policies.parse(policy).warnings());
    }

    @Test
    void lint_severalWarnings_listsAll() throws MalformedContentException {
        String policy = "{'trustedProxies': ['0.0.0.0/0', '::/0'], 'bypass': {'secret': 'x'}}";
        assertEquals(3, Policies.parse(policy).warnings().size());
    }
}
