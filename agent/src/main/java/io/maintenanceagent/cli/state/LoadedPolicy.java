package io.maintenanceagent.cli.state;

import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.config.PolicyFile;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.response.Responses;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The policy of a policy file, or the default one, as the agent reads it. */
public final class LoadedPolicy {

    private final File file;
    private final Policy policy;
    private final Responses responses;

    private LoadedPolicy(File file, Policy policy, Responses responses) {
        this.file = file;
        this.policy = policy;
        this.responses = responses;
    }

    /**
     * @param settings names the policy file
     * @param extensions the extensions
     * @param environment the environment variables, which may hold secrets that it names
     * @param errors where files are reported that it names and that cannot be used
     * @throws CommandFailedException if there is no such policy, or an error in it
     */
    public static LoadedPolicy read(
            Settings settings, Extensions extensions, Map<String, String> environment, ErrorReporter errors)
            throws CommandFailedException {
        List<ResponseRenderer> renderers = extensions.load(ResponseRenderer.class);
        File file = settings.policy();
        if (file == null) {
            return new LoadedPolicy(null, Policy.DEFAULT, Responses.byDefault(renderers, errors));
        }
        try {
            PolicyFile.Content content = new PolicyFile(file, environment).readNew(renderers, errors);
            if (content == null) {
                throw new CommandFailedException(
                        "policy file " + file + " is empty; write {} for a policy that says nothing");
            }
            return new LoadedPolicy(file, content.policy(), content.responses());
        } catch (IOException e) {
            throw new CommandFailedException("policy file " + file + " " + e.getMessage() + "; check --policy", e);
        } catch (MalformedContentException e) {
            throw new CommandFailedException(file + ": " + e.getMessage(), e);
        }
    }

    /** The policy's name in messages. */
    public String name() {
        return file == null ? "none: the presets are exempt" : file.getPath();
    }

    public Policy policy() {
        return policy;
    }

    public Responses responses() {
        return responses;
    }
}
