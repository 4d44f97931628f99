package io.maintenanceagent.boot;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.extension.GuardedExemption;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.gate.Gate;
import io.maintenanceagent.json.JsonException;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.policy.PolicyParser;
import io.maintenanceagent.response.Responses;
import io.maintenanceagent.state.StateParser;
import io.maintenanceagent.store.file.FileStore;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Follows the policy file and has each new policy enforced. One that cannot be read or understood leaves the last good
 * one in force, at the start the default one. For the agent's own thread.
 */
final class PolicyWatch {

    private final File file;
    private final FileStore reader;
    private final Map<String, String> environment;
    private final List<Exemption> exemptions = new ArrayList<Exemption>();
    private final List<ResponseRenderer> renderers;
    private final Gate gate;
    private final Faults faults;
    private final String subject;

    private byte[] content;
    private byte[] doubted;
    private Map<File, String> secrets = new LinkedHashMap<File, String>();
    private OwnFilesOnDisk files;
    private List<File> watched;
    private boolean good;

    /**
     * @param settings where the policy and the extensions are
     * @param environment the environment variables, by name
     * @param gate enforces the policy
     * @param faults where a bad policy is reported
     */
    PolicyWatch(Settings settings, Map<String, String> environment, Gate gate, Faults faults) {
        this.file = settings.policy();
        this.reader = file == null ? null : new FileStore(file);
        this.watched = file == null ? Collections.<File>emptyList() : Collections.singletonList(file);
        this.environment = environment;
        this.gate = gate;
        this.faults = faults;
        this.subject = "policy " + file;
        Extensions extensions = new Extensions(settings.extensions(), faults);
        this.renderers = extensions.load(ResponseRenderer.class);
        for (Exemption extension : extensions.load(Exemption.class)) {
            exemptions.add(new GuardedExemption(extension, faults));
        }
        if (!exemptions.isEmpty() || !renderers.isEmpty()) {
            gate.enforce(Policy.DEFAULT, exemptions, Responses.byDefault(renderers, faults));
        }
    }

    /** Reads the policy again, and enforces it if there is something new. */
    void poll() {
        if (file == null) {
            return;
        }
        try {
            byte[] now = reader.read();
            if (now == null) {
                content = null;
                bad("does not exist");
            } else if (!StateParser.isBlank(now) && !(Arrays.equals(now, content) && secretsAreTheSame() && !files.changed())) {
                content = now;
                read(now);
            }
        } catch (IOException e) {
            content = null;
            bad(e.getMessage());
        } catch (Throwable e) {
            bad("could not be read (" + e + ")");
        }
    }

    private void read(byte[] now) {
        Map<File, String> used = new LinkedHashMap<File, String>();
        files = new OwnFilesOnDisk(file);
        try {
            Policy policy = PolicyParser.parse(now, new Secrets(used));
            Responses responses =
                    Responses.parse(policy.response(), policy.ruleResponses(), files, renderers, faults);
            gate.enforce(policy, exemptions, responses);
            good = true;
            faults.resolve(subject);
            for (String warning : policy.warnings()) {
                faults.report(subject + " warning", file + ": " + warning);
            }
        } catch (JsonException e) {
            if (Arrays.equals(now, doubted)) {
                faults.report(subject, file + ": " + e.getMessage() + last());
            } else {
                // It may be half of what somebody is writing: read again before anything is said.
                doubted = now;
                content = null;
            }
        } finally {
            secrets = used;
            watched = new ArrayList<File>(files.asked());
            watched.addAll(used.keySet());
            watched.add(file);
        }
    }

    /** The files whose change may bring something new: the policy, and those that it names. */
    List<File> files() {
        return watched;
    }

    private void bad(String why) {
        faults.report(subject, "policy file " + file + " " + why + last());
    }

    private String last() {
        return good ? "; the last good policy stays" : "; the default policy holds";
    }

    private boolean secretsAreTheSame() {
        for (Map.Entry<File, String> secret : secrets.entrySet()) {
            if (!Objects.equals(secret.getValue(), textOrNull(secret.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static String textOrNull(File file) {
        try {
            return text(file);
        } catch (IOException e) {
            return null;
        }
    }

    private static String text(File file) throws IOException {
        byte[] bytes = new FileStore(file).read();
        if (bytes == null) {
            throw new IOException("it does not exist");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Remembers which files were asked for, since they may change as well. */
    private final class Secrets implements PolicyParser.Secrets {
        private final Map<File, String> used;

        Secrets(Map<File, String> used) {
            this.used = used;
        }

        @Override
        public String file(String path) throws IOException {
            File absolute = new File(path);
            File secret = absolute.isAbsolute() ? absolute : new File(file.getParentFile(), path);
            used.put(secret, textOrNull(secret));
            return text(secret);
        }

        @Override
        public String environment(String name) {
            return environment.get(name);
        }
    }
}
