package io.maintenanceagent.store.remote;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A password or a token: in the URI, in a file, or in an environment variable. A file is read at each use, so that a
 * password can be renewed. Immutable; safe for any thread.
 */
public final class Secret {

    /** No password is longer; a file that is longer is something else. In bytes. */
    private static final int MAX_BYTES = 65_536;

    private final String value;
    private final String file;
    private final String variable;

    private Secret(String value, String file, String variable) {
        this.value = value;
        this.file = file;
        this.variable = variable;
    }

    /**
     * Returns a secret that is known, even an empty one.
     *
     * @param value the secret itself
     */
    public static Secret of(String value) {
        return new Secret(value, null, null);
    }

    /**
     * Returns the secret that a file holds. One trailing line break and a byte order mark do not count.
     *
     * @param path the file
     */
    public static Secret file(String path) {
        return new Secret(null, path, null);
    }

    /**
     * Returns the secret that an environment variable holds.
     *
     * @param name the variable's name
     */
    public static Secret variable(String name) {
        return new Secret(null, null, name);
    }

    /**
     * Reads the secret.
     *
     * @throws SecretException if there is none; the message names the file or the variable, and never its content
     */
    public String read() throws SecretException {
        if (value != null) {
            return value;
        }
        String text = file != null ? text(new File(file)) : System.getenv(variable);
        if (text == null) {
            throw problem("is not set");
        }
        String secret = withoutMarks(text);
        if (secret.isEmpty()) {
            throw problem("is empty");
        }
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            if (c == '\uFFFD') {
                throw problem("is not text in UTF-8");
            }
            if (Character.isISOControl(c)) {
                throw problem("has more than one line, or a control character");
            }
        }
        return secret;
    }

    private String text(File from) throws SecretException {
        // Reading a pipe would hang.
        if (!from.isFile()) {
            throw problem(from.exists() ? "is no regular file" : "does not exist");
        }
        try (InputStream in = new FileInputStream(from)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[1024];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                bytes.write(buffer, 0, length);
                if (bytes.size() > MAX_BYTES) {
                    throw problem("is longer than a secret can be");
                }
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problem("is not text in UTF-8");
        } catch (SecretException e) {
            throw e;
        } catch (IOException e) {
            throw problem("cannot be read by this user");
        }
    }

    /** Removes a byte order mark and one trailing line break, which editors add. */
    private static String withoutMarks(String text) {
        int begin = text.startsWith("\uFEFF") ? 1 : 0;
        int end = text.length();
        if (end > begin && text.charAt(end - 1) == '\n') {
            end--;
        }
        if (end > begin && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(begin, end);
    }

    private SecretException problem(String what) {
        return new SecretException("needs a secret, and " + this + " " + what);
    }

    /** Returns where the secret is, and nothing of the secret. */
    @Override
    public String toString() {
        return file != null
                ? "the file " + file
                : variable != null ? "the environment variable " + variable : "a secret in the URI";
    }
}
