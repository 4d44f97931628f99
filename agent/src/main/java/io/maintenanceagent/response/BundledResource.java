package io.maintenanceagent.response;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Reads texts of the agent's jar: the page and its languages. The only class of this package that reads files. */
final class BundledResource {

    private BundledResource() {}

    /**
     * Returns the content of a resource.
     *
     * @param name a name relative to this package
     * @throws IllegalStateException if it cannot be read
     */
    static String text(String name) {
        try (InputStream in = BundledResource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the agent's jar has no " + name);
            }
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                content.write(buffer, 0, n);
            }
            return new String(content.toByteArray(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the agent's jar cannot be read", e);
        }
    }

    /** The same for names with values; in UTF-8, unlike {@code Properties.load(InputStream)} on Java 8. */
    static Properties properties(String name) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text(name)));
        } catch (IOException e) {
            throw new IllegalStateException(e); // a string can be read
        }
        return properties;
    }
}
