package io.maintenanceagent.boot;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.config.PolicyFile;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.json.JsonException;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.report.ErrorReporter;
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
    private final Enforcement enforcement;
    private final ErrorReporter errors;
    private final String subject;

    private boolean good;

    /**
     * @param settings where the policy and the extensions are
     * @param environment the environment variables, by name
     * @param enforcement enforces the policy
     * @param errors where a bad policy is reported
     */
    PolicyWatch(Settings settings, Map<String, String> environment, Enforcement enforcement, ErrorReporter errors) {
        this.file = settings.policy();
        this.reader = file == null ? null : new PolicyFile(file, environment);
        this.enforcement = enforcement;
        this.errors = errors;
        this.subject = "policy " + file;
        Extensions extensions = new Extensions(settings.extensions(), errors);
        this.renderers = extensions.load(ResponseRenderer.class);
        this.exemptions = extensions.exemptions();
        if (!exemptions.isEmpty() || !renderers.isEmpty()) {
            enforcement.enforce(Policy.DEFAULT, exemptions, Responses.byDefault(renderers, errors));
        }
    }

    /** Reads the policy again, and enforces it if there is something new. */
    void poll() {
        if (file == null) {
            return;
        }
        try {
            PolicyFile.Content content = reader.readNew(renderers, errors);
            if (content != null) {
                enforce(content);
            }
        } catch (JsonException e) {
            if (reader.isSure()) {
                errors.report(subject, file + ": " + e.getMessage() + last());
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
        enforcement.enforce(content.policy(), exemptions, content.responses());
        good = true;
        errors.resolve(subject);
        for (String warning : content.policy().warnings()) {
            errors.report(subject + " warning", file + ": " + warning);
        }
    }

    private void bad(String why) {
        errors.report(subject, "policy file " + file + " " + why + last());
    }

    private String last() {
        return good ? "; the last good policy stays" : "; the default policy holds";
    }
}
