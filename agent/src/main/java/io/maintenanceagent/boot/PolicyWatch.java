package io.maintenanceagent.boot;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.config.PolicyFile;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.gate.Gate;
import io.maintenanceagent.json.JsonException;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.response.Responses;
import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Follows the policy file and has each new policy enforced. One that cannot be read or understood leaves the last good
 * one in force, at the start the default one. For the agent's own thread.
 */
final class PolicyWatch {

    private final File file;
    private final PolicyFile reader;
    private final List<Exemption> exemptions;
    private final List<ResponseRenderer> renderers;
    private final Gate gate;
    private final Faults faults;
    private final String subject;

    private boolean good;

    /**
     * @param settings where the policy and the extensions are
     * @param environment the environment variables, by name
     * @param gate enforces the policy
     * @param faults where a bad policy is reported
     */
    PolicyWatch(Settings settings, Map<String, String> environment, Gate gate, Faults faults) {
        this.file = settings.policy();
        this.reader = file == null ? null : new PolicyFile(file, environment);
        this.gate = gate;
        this.faults = faults;
        this.subject = "policy " + file;
        Extensions extensions = new Extensions(settings.extensions(), faults);
        this.renderers = extensions.load(ResponseRenderer.class);
        this.exemptions = extensions.exemptions();
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
            PolicyFile.Content content = reader.readNew(renderers, faults);
            if (content != null) {
                enforce(content);
            }
        } catch (JsonException e) {
            if (reader.isSure()) {
                faults.report(subject, file + ": " + e.getMessage() + last());
            }
        } catch (IOException e) {
            bad(e.getMessage());
        } catch (Throwable e) {
            bad("could not be read (" + e + ")");
        }
    }

    /** The files whose change may bring something new: the policy, and those that it names. */
    List<File> files() {
        return file == null ? Collections.<File>emptyList() : reader.files();
    }

    private void enforce(PolicyFile.Content content) {
        gate.enforce(content.policy(), exemptions, content.responses());
        good = true;
        faults.resolve(subject);
        for (String warning : content.policy().warnings()) {
            faults.report(subject + " warning", file + ": " + warning);
        }
    }

    private void bad(String why) {
        faults.report(subject, "policy file " + file + " " + why + last());
    }

    private String last() {
        return good ? "; the last good policy stays" : "; the default policy holds";
    }
}
