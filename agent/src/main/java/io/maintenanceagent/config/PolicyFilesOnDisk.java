package io.maintenanceagent.config;

import io.maintenanceagent.response.PolicyFiles;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the files that a policy names, relative to it. Keeps their contents, to notice changes. For one thread. */
final class PolicyFilesOnDisk implements PolicyFiles {

    private static final int MAX_BYTES = 1024 * 1024;

    private final File directory;
    private final Map<String, byte[]> known = new HashMap<String, byte[]>();

    /** @param policy the policy file, whose directory names are relative to */
    PolicyFilesOnDisk(File policy) {
        this.directory = policy.getAbsoluteFile().getParentFile();
    }

    @Override
    public String read(String name) throws IOException {
        known.put(name, null);
        byte[] content = content(name);
        known.put(name, content);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException("is not text in UTF-8", e);
        }
    }

    /** The files that were asked for. */
    List<File> asked() {
        List<File> files = new ArrayList<File>();
        for (String name : known.keySet()) {
            files.add(file(name));
        }
        return files;
    }

    private File file(String name) {
        return new File(name).isAbsolute() ? new File(name) : new File(directory, name);
    }

    /** Whether any file that was asked for has changed. */
    boolean changed() {
        for (Map.Entry<String, byte[]> file : known.entrySet()) {
            byte[] content;
            try {
                content = content(file.getKey());
            } catch (IOException ignored) {
                // the file is missing
                content = null;
            }
            if (!Arrays.equals(content, file.getValue())) {
                return true;
            }
        }
        return false;
    }

    /** Contents are compared rather than times, which a mounted volume or a restored backup need not change. */
    private byte[] content(String name) throws IOException {
        File file = file(name);
        if (!file.isFile()) {
            throw new IOException(file.exists() ? "is not a file" : "is not there");
        }
        // Its length may change meanwhile, and is 0 for some that are not empty.
        byte[] content = new byte[(int) Math.min(MAX_BYTES, file.length()) + 1];
        int length = 0;
        try (InputStream in = new FileInputStream(file)) {
            for (int n = 0; n >= 0; n = in.read(content, length, content.length - length)) {
                length += n;
                if (length > MAX_BYTES) {
                    break;
                }
                if (length == content.length) {
                    content = Arrays.copyOf(content, Math.min(MAX_BYTES + 1, 2 * length));
                }
            }
        } catch (IOException e) {
            throw new IOException("cannot be read (" + e.getMessage() + ")", e);
        }
        if (length > MAX_BYTES) {
            throw new IOException("is larger than the 1 MiB that it may have");
        }
        return Arrays.copyOf(content, length);
    }
}
