package io.maintenanceagent.store.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"s3cret", "s3cret\\n", "s3cret\\r\\n", "\uFEFFs3cret\\n"})
    void read_file_isItsLine(String content) throws IOException {
        assertEquals("s3cret", secret(text(content)).read());
    }

    @Test
    void read_changedFile_isReadAgain() throws IOException {
        Secret secret = secret("old".getBytes(StandardCharsets.UTF_8));
        assertEquals("old", secret.read());
        Files.writeString(directory.resolve("secret"), "new\n");
        assertEquals("new", secret.read());
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "\\n, is empty",
        "s3cret\\nb, has more than one line",
        "s3cret\\n\\n, has more than one line"
    })
    void read_badFile_namesItAndNothingOfIt(String content, String fault) throws IOException {
        assertProblem(secret(text(content)), fault);
    }

    @Test
    void read_noText_namesTheFile() throws IOException {
        assertProblem(secret(new byte[] {'s', (byte) 0xFF}), "is not text in UTF-8");
        assertProblem(secret(new byte[100_000]), "is longer than a secret can be");
        assertProblem(Secret.file(directory.resolve("none").toString()), "does not exist");
        assertProblem(Secret.file(directory.toString()), "is no regular file");
        assertProblem(Secret.variable("NO_SUCH_VARIABLE"), "the environment variable NO_SUCH_VARIABLE is not set");
    }

    @Test
    void toString_neverShowsIt() {
        assertFalse(Secret.of("s3cret").toString().contains("s3cret"));
    }

    private static void assertProblem(Secret secret, String fault) {
        String message = assertThrows(SecretException.class, secret::read).getMessage();
        assertEquals(true, message.startsWith("needs a secret, and the ") && message.contains(fault), message);
        assertFalse(message.contains("s3cret"), message);
    }

    private Secret secret(byte[] content) throws IOException {
        Path file = Files.write(directory.resolve("secret"), content);
        return Secret.file(file.toString());
    }

    private static byte[] text(String escaped) {
        return escaped.replace("\\n", "\n").replace("\\r", "\r").getBytes(StandardCharsets.UTF_8);
    }
}
