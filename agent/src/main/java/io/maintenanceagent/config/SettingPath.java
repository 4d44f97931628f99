package io.maintenanceagent.config;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;

/**
 * Reads a path of a setting: {@code ~/} is the user's home and {@code file:} is allowed. Syntax of a shell or of
 * another setting is an error, since the agent would follow a wrong file without a line. Pure, but for making the path
 * absolute.
 */
final class SettingPath {

    private static final String STORE_URI = "[a-z][a-z0-9+.-]+://.*|(redis[a-z-]*|etcds?|consuls?|https?):.*";

    private final String home;
    private final String encoding;

    /** @param properties the system properties, for the user's home and the encoding of file names */
    SettingPath(Settings.Lookup properties) {
        this.home = properties.get("user.home");
        this.encoding = properties.get("sun.jnu.encoding");
    }

    /**
     * Returns the file that a setting names, absolute.
     *
     * @param value what was written, without a pair of quotes around it
     * @throws IllegalArgumentException if it names none; the message says what is allowed
     */
    File parse(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a path");
        }
        if (isQuote(value.charAt(0)) || isQuote(value.charAt(value.length() - 1))) {
            throw new IllegalArgumentException("a path, with a quotation mark on both ends or on none");
        }
        if (value.startsWith("~") && value.length() > 1 && !isSeparator(value.charAt(1))) {
            throw new IllegalArgumentException("a path; ~/ is the user's home, and ~NAME is not known here");
        }
        if (value.startsWith("${") || value.startsWith("$HOME")) {
            throw new IllegalArgumentException("a path; variables in it are not replaced");
        }
        if (value.startsWith("~") && home != null) {
            return file(home + value.substring(1));
        }
        // A single letter before a colon is a drive.
        return value.indexOf(':') > 1 ? ofUri(value) : file(value);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == File.separatorChar;
    }

    private File file(String path) {
        checkName(path);
        return new File(path).getAbsoluteFile();
    }

    private File ofUri(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("file:")) {
            if (lower.matches(STORE_URI)) {
                throw new IllegalArgumentException("a path; the URI of a store belongs into the setting \"store\"");
            }
            return file(value);
        }
        String path = value.substring("file:".length());
        try {
            URI uri = new URI(value);
            if (!uri.isOpaque()) {
                return file(pathOf(uri));
            }
            path = uri.getSchemeSpecificPart();
        } catch (URISyntaxException ignored) {
            // a path with blanks or so behind the scheme
            path = path.startsWith("///") ? path.substring(2) : path;
        }
        if (path.startsWith("//")) {
            throw new IllegalArgumentException("a path, or file:/path");
        }
        return parse(path);
    }

    private static String pathOf(URI uri) {
        try {
            return new File(uri).getPath();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a path, or file:/path", e);
        }
    }

    /** Refuses a name that the JVM cannot encode: it would name another file, which never exists. */
    void checkName(String path) {
        if (path.indexOf('\0') >= 0 || path.indexOf('\uFFFD') >= 0 || File.separatorChar == '/' && !isEncodable(path)) {
            throw new IllegalArgumentException("a path that this JVM can name; its file names are in " + encoding
                    + ", start it in a UTF-8 locale (LC_ALL=C.UTF-8) for others");
        }
    }

    private boolean isEncodable(String path) {
        try {
            return encoding == null || Charset.forName(encoding).newEncoder().canEncode(path);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException | UnsupportedOperationException ignored) {
            // an unknown encoding refuses no name
            return true;
        }
    }
}
