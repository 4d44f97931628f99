package io.maintenanceagent.policy;

import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.state.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Policies as a test writes them: with ' for ". */
final class Policies {

    static final PolicyParser.Secrets SECRETS = new PolicyParser.Secrets() {
        @Override
        public byte[] file(String path) throws IOException {
            if (path.equals("secret.txt")) {
                return "from the file, long enough\n".getBytes(StandardCharsets.UTF_8);
            }
            throw new IOException("no such file");
        }

        @Override
        public String environment(String name) {
            return Map.of("SECRET", "from the environment").get(name);
        }
    };

    private Policies() {}

    static Policy parse(String text) throws MalformedContentException {
        return PolicyParser.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), SECRETS);
    }

    static Decider decider(String text, State state) throws MalformedContentException {
        return new Decider(parse(text), state, false, "window", List.of());
    }
}
