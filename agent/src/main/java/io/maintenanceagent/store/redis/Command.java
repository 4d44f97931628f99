package io.maintenanceagent.store.redis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A command and its arguments, as Redis' protocol writes them. Immutable. */
final class Command {

    private static final byte[] LINE_END = {'\r', '\n'};

    private final byte[][] parts;

    /** @param parts the command's name and its arguments: texts, numbers and byte arrays */
    Command(Object... parts) {
        this.parts = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            this.parts[i] = parts[i] instanceof byte[] ? (byte[]) parts[i] : bytes(parts[i].toString());
        }
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes("*" + parts.length));
        out.write(LINE_END);
        for (byte[] part : parts) {
            out.write(bytes("$" + part.length));
            out.write(LINE_END);
            out.write(part);
            out.write(LINE_END);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
