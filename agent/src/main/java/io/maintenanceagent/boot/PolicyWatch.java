package io.maintenanceagent.boot;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.config.PolicyFile;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.response.Responses;
import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows the policy file and has each new policy enforced. One that cannot be read or understood leaves the last good
 * one in force, at the start the default one. For the policy's own thread, but for what says otherwise.
 */
final class PolicyWatch implements Runnable {

    private final File file;
    private final PolicyFile reader;
    private final Extensions extensions;
    private final boolean isNeeded;
    private final Enforcement enforcement;
    private final ErrorReporter errors;
    private final String subject;
    private final CountDownLatch first = new CountDownLatch(1);

    private volatile List<File> files;
    private volatile boolean ended;
    private List<Exemption> exemptions; // null until they are loaded; so are the next
    private List<ResponseRenderer> renderers;
    private boolean good;

    /**
     * @param settings where the policy is, and whether there are extensions
     * @param extensions the exemptions and renderers among them
     * @param environment the environment variables, by name
     * @param enforcement enforces the policy
     * @param errors where a bad policy is reported
     */
    PolicyWatch(
            Settings settings,
            Extensions extensions,
            Map<String, String> environment,
            Enforcement enforcement,
            ErrorReporter errors) {
        this.file = settings.policy();
        this.reader = file == null ? null : new PolicyFile(file, environment);
        this.enforcement = enforcement;
        this.errors = errors;
        this.subject = "policy " + file;
        this.extensions = extensions;
        this.isNeeded = file != null || settings.extensions() != null;
        this.files = file == null ? Collections.<File>emptyList() : Collections.singletonList(file);
    }

    /** @return whether there is anything to read. For any thread */
    boolean isNeeded() {
        return isNeeded;
    }

    /**
     * Waits for the first reading, whatever comes of it. For any thread.
     *
     * @param millis how long at the most, in milliseconds
     */
    void awaitFirst(long millis) {
        if (!isNeeded || first.getCount() == 0) {
            return;
        }
        try {
            if (!first.await(millis, TimeUnit.MILLISECONDS)) {
                errors.report(
                        "policy first",
                        "neither policy nor extensions are there within " + millis
                                + " ms; the default policy holds until they are");
                first.countDown(); // once is enough
            }
        } catch (InterruptedException stray) {
            // Applications interrupt whole thread groups.
        }
    }

    @Override
    public void run() {
        try {
            poll();
        } finally {
            first.countDown();
        }
    }

    private void load() {
        if (exemptions == null) {
            renderers = extensions.load(ResponseRenderer.class);
            exemptions = extensions.exemptions();
            if ((!exemptions.isEmpty() || !renderers.isEmpty()) && !ended) {
                enforcement.enforce(Policy.DEFAULT, exemptions, Responses.byDefault(renderers, errors));
            }
        }
    }

    /** Reads the policy again, and enforces it if there is something new. */
    void poll() {
        load();
        if (file == null) {
            return;
        }
        try {
            PolicyFile.Content content = reader.readNew(renderers, errors);
            if (content != null && !ended) {
                enforce(content);
            }
        } catch (MalformedContentException e) {
            if (reader.isSure()) {
                errors.report(subject, file + ": " + e.getMessage() + last());
            }
        } catch (IOException e) {
            bad(e.getMessage());
        } catch (Throwable e) {
            bad("could not be read (" + e + ")");
        } finally {
            files = reader.files();
        }
    }

    /** Has nothing enforced any more, whatever is read. For any thread. */
    void end() {
        ended = true;
    }

    /** The files whose change may bring something new: the policy, and those that it names. For any thread. */
    List<File> files() {
        return files;
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
