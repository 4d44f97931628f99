package io.maintenanceagent.config;

import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.policy.PolicyParser;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.response.Responses;
import io.maintenanceagent.store.BlankContent;
import io.maintenanceagent.store.file.FileStore;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a policy file together with the files that it names, secrets and bodies. Keeps what it has read, to notice
 * changes. For one thread.
 */
public final class PolicyFile {

    /** What a policy file says. Immutable. */
    public static final class Content {
        private final Policy policy;
        private final Responses responses;

        Content(Policy policy, Responses responses) {
            this.policy = policy;
            this.responses = responses;
        }

        /** Returns the policy. */
        public Policy policy() {
            return policy;
        }

        /** Returns its response settings. */
        public Responses responses() {
            return responses;
        }
    }

    private final File file;
    private final FileStore reader;
    private final Map<String, String> environment;

    private final BlankContent blank = new BlankContent();
    private byte[] content;
    private Map<File, byte[]> secrets = new LinkedHashMap<File, byte[]>();
    private PolicyFilesOnDisk files;
    private byte[] failedContent;
    private List<File> named;

    /**
     * @param file the policy file, absolute; need not exist
     * @param environment the environment variables, by name; a secret may be in one of them
     */
    public PolicyFile(File file, Map<String, String> environment) {
        this.file = file;
        this.reader = new FileStore(file);
        this.environment = environment;
        this.named = Collections.singletonList(file);
    }

    /**
     * Reads the file if it, or a file that it names, has changed.
     *
     * @param renderers the renderers of extensions
     * @param errors where files are reported that the policy names and that cannot be used
     * @return what the file says; {@code null} if nothing has changed, or it is blank, which is a write in progress
     * @throws IOException if it cannot be read, or stays blank; the message is a clause that reads well behind the
     *     file's name
     * @throws MalformedContentException if it is no policy; the message says what is wrong, where, and what is allowed
     */
    public Content readNew(List<ResponseRenderer> renderers, ErrorReporter errors)
            throws IOException, MalformedContentException {
        byte[] now = readOrForget();
        if (blank.observe(now)) {
            if (blank.stays()) {
                content = null;
                throw new IOException("is empty and says nothing; allowed: a JSON object, {} for the default policy");
            }
            return null;
        }
        if (Arrays.equals(now, content) && secretsAreTheSame() && !files.changed()) {
            return null;
        }
        content = now;
        Map<File, byte[]> used = new LinkedHashMap<File, byte[]>();
        files = new PolicyFilesOnDisk(file);
        try {
            Policy policy = PolicyParser.parse(now, new Secrets(used));
            return new Content(
                    policy, Responses.parse(policy.response(), policy.ruleResponses(), files, renderers, errors));
        } finally {
            secrets = used;
            named = new ArrayList<File>(files.asked());
            named.addAll(used.keySet());
            named.add(file);
        }
    }

    /**
     * Returns whether the last content was read twice; if not, it is read again next time. Asked after an error: what
     * was read once may be half of a write in progress.
     */
    public boolean isSure() {
        if (Arrays.equals(content, failedContent)) {
            return true;
        }
        failedContent = content;
        content = null;
        return false;
    }

    /** Returns the files whose change may bring something new: this one, and those that it names. */
    public List<File> files() {
        return named;
    }

    /** After a failed reading the next content counts as new. */
    private byte[] readOrForget() throws IOException {
        byte[] now = null;
        try {
            now = reader.read();
            if (now == null) {
                throw new IOException("does not exist");
            }
            return now;
        } finally {
            if (now == null) {
                content = null;
            }
        }
    }

    private boolean secretsAreTheSame() {
        for (Map.Entry<File, byte[]> secret : secrets.entrySet()) {
            if (!Arrays.equals(secret.getValue(), contentOrNull(secret.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static byte[] contentOrNull(File file) {
        try {
            return content(file);
        } catch (IOException e) {
            return null;
        }
    }

    private static byte[] content(File file) throws IOException {
        byte[] content = new FileStore(file).read();
        if (content == null) {
            throw new IOException("it does not exist");
        }
        return content;
    }

    /** Remembers which files were asked for, since they may change as well. */
    private final class Secrets implements PolicyParser.Secrets {
        private final Map<File, byte[]> used;

        Secrets(Map<File, byte[]> used) {
            this.used = used;
        }

        @Override
        public byte[] file(String path) throws IOException {
            File absolute = new File(path);
            File secret = absolute.isAbsolute() ? absolute : new File(file.getParentFile(), path);
            used.put(secret, contentOrNull(secret));
            return content(secret);
        }

        @Override
        public String environment(String name) {
            return environment.get(name);
        }
    }
}
