package io.maintenanceagent.cli;

import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.config.PolicyFile;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.json.JsonException;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.response.Responses;
import java.io.File;
import java.io.IOException;
import java.util.List;

/** The policy of a policy file, or the one that holds without, as the agent reads it. */
final class Rules {

    private final File file;
    private final Policy policy;
    private final Responses responses;

    private Rules(File file, Policy policy, Responses responses) {
        this.file = file;
        this.policy = policy;
        this.responses = responses;
    }

    /**
     * @param settings where the policy is
     * @param extensions the extensions
     * @param faults where files are reported that it names and that are no good
     * @throws Failed if there is no such policy, or an error in it
     */
    static Rules read(Settings settings, Extensions extensions, Faults faults) throws Failed {
        List<ResponseRenderer> renderers = extensions.load(ResponseRenderer.class);
        File file = settings.policy();
        if (file == null) {
            return new Rules(null, Policy.DEFAULT, Responses.byDefault(renderers, faults));
        }
        try {
            PolicyFile.Content content = new PolicyFile(file, System.getenv()).readNew(renderers, faults);
            if (content == null) {
                throw new Failed("policy file " + file + " is empty; write {} for a policy that says nothing");
            }
            return new Rules(file, content.policy(), content.responses());
        } catch (IOException e) {
            throw new Failed("policy file " + file + " " + e.getMessage() + "; check --policy", e);
        } catch (JsonException e) {
            throw new Failed(file + ": " + e.getMessage(), e);
        }
    }

    /** How messages call it. */
    String name() {
        return file == null ? "none: the presets are exempt" : file.getPath();
    }

    boolean isFile() {
        return file != null;
    }

    Policy policy() {
        return policy;
    }

    Responses responses() {
        return responses;
    }
}
