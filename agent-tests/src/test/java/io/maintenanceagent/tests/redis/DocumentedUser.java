package io.maintenanceagent.tests.redis;

import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The user that the documents recommend, with its password in a file.
 *
 * @param key the key that it may use
 * @param passwordFile where its password is
 */
record DocumentedUser(String key, Path passwordFile) {

    private static final String NAME = "switch";
    private static final String PASSWORD = "s3cret-of-the-file";
    private static final String COMMAND = "ACL SETUSER shop ";

    static DocumentedUser of(String key) {
        try {
            Path file = Project.newDirectory("secret").resolve("password");
            return new DocumentedUser(key, Files.writeString(file, PASSWORD + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Options with which a server has this user. */
    String[] serverOptions() {
        List<String> options = new ArrayList<>(List.of("--user", NAME));
        options.addAll(rights());
        return options.toArray(new String[0]);
    }

    /** A URI with this user. */
    String uri(String uri) {
        return uri.replace("://", "://" + NAME + "@") + "&password-file=" + passwordFile;
    }

    private List<String> rights() {
        try {
            return Files.readAllLines(
                            Project.sources("../../agent/docs/stores.md").normalize())
                    .stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith(COMMAND))
                    .flatMap(line ->
                            Arrays.stream(line.substring(COMMAND.length()).split(" ")))
                    .map(right -> right.replace("shop", key).replace("PASSWORD", PASSWORD))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
