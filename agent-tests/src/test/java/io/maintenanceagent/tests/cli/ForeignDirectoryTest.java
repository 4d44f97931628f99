package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as root in a directory in which another user puts things in its way. */
final class ForeignDirectoryTest {

    private static final String USER = "12345";

    @TempDir
    Path temporary;

    private final Cli cli = new Cli();
    private Path roots;
    private Path users;
    private Path state;
    private Map<String, String> before;

    @BeforeEach
    void needsRootAndAnotherUser() throws Exception {
        assumeTrue("0".equals(uid()), "not root");
        assumeTrue(asUser("true") == 0, "setpriv cannot become another user here");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        roots = Files.createDirectory(temporary.resolve("roots"));
        Files.writeString(roots.resolve("target"), "off\n");
        Path old = Files.writeString(
                Files.createDirectory(roots.resolve("reports")).resolve("old-0123abcd.json"), "{}");
        Files.setLastModifiedTime(old, FileTime.fromMillis(0));
        users = Files.createDirectory(temporary.resolve("users"));
        Files.setAttribute(users, "unix:uid", Integer.parseInt(USER));
        state = users.resolve("m.mode");
        before = tree();
    }

    private static String uid() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    }

    /** Runs a shell command as the other user, in that user's directory. */
    private int asUser(String command) throws Exception {
        try {
            Process process = new ProcessBuilder(
                            "setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", "sh", "-ec", command)
                    .directory((users == null ? Path.of("/") : users).toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes());
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            return said.isEmpty() ? process.exitValue() : -1;
        } catch (IOException noSetpriv) {
            return -1;
        }
    }

    /** All that is root's, with its rights and its contents. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(roots)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Map<String, Object> facts =
                        Files.readAttributes(path, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
                String content = Files.isRegularFile(path) ? Files.readString(path) : "";
                tree.put(path.toString(), new TreeMap<>(facts) + content);
            }
        }
        return tree;
    }

    private void assertUntouched() throws IOException {
        assertEquals(before, tree());
    }

    private Cli.Outcome run(String... arguments) {
        return cli.run(Stream.concat(Stream.of(arguments), Stream.of("--file", state.toString()))
                .toArray(String[]::new));
    }

    private void done(String command) {
        Cli.Outcome outcome = run(command);
        assertEquals(0, outcome.code(), outcome::toString);
    }

    private static final String LINK = "ln -s ../roots/target ";
    private static final String DANGLING = "ln -s ../roots/new ";
    private static final String PIPE = "mkfifo ";
    private static final String DIRECTORY = "mkdir ";
    private static final String HUGE = "truncate -s 5G ";

    @Test
    void all_isAsIfTheUserHadDoneIt() throws Exception {
        done("on");
        assertEquals(Integer.parseInt(USER), Files.getAttribute(state, "unix:uid"));
        done("off");
        cli.run("run", "--no-wait", "--file", state.toString(), "--", "true");
        assertEquals(0, asUser("echo on > m.mode"), "still the user's own");
        done("off");
        try (Stream<Path> names = Files.list(users)) {
            assertEquals(List.of(state), names.toList());
        }
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {LINK, DANGLING, PIPE, DIRECTORY, HUGE})
    void state(String planted) throws Exception {
        assertEquals(0, asUser(planted + "m.mode"));
        run("on").failed(1, state.toString());
        run("off", "--force").failed(1, state.toString());
        assertUntouched();
    }

    @Test
    void state_hardLink() throws Exception {
        Files.createLink(state, roots.resolve("target"));
        before = tree();
        run("on").failed(1, "2 names (hard links)");
        assertUntouched();
    }

    @Test
    void state_linkToADirectory() throws Exception {
        assertEquals(0, asUser("ln -s ../roots current"));
        state = users.resolve("current/m.mode");
        run("on").failed(1, "current is a link of another user");
        assertUntouched();
    }

    /** A lock is not needed, and what lies there is nobody's business. */
    @Test
    void lock() throws Exception {
        assertEquals(0, asUser(LINK + "m.mode.lock"));
        done("on");
        assertEquals(0, asUser("rm m.mode.lock; mkfifo m.mode.lock"));
        done("off");
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ln -s ../roots/reports ", DANGLING, PIPE, HUGE})
    void instances(String planted) throws Exception {
        assertEquals(0, asUser("echo off > m.mode; " + planted + "m.mode.instances"));
        Cli.Outcome status = run("status");
        assertTrue(status.text().contains("m.mode.instances is "), status::toString);
        Cli.Outcome on = run("on", "--wait=40s");
        assertEquals(1, on.code(), on::toString);
        assertTrue(on.err().toString().contains("m.mode.instances is "), on::toString);
        assertTrue(Files.readString(state).contains("true"), "it is on all the same");
        assertUntouched();
    }

    @Test
    void reports() throws Exception {
        assertEquals(
                0,
                asUser("mkdir m.mode.instances; cd m.mode.instances; mkfifo pipe.json; mkdir directory.json;"
                        + "ln -s ../../roots/target link.json; ln -s ../../roots/new dangling.json;"
                        + "truncate -s 5G huge.json; touch -d tomorrow pipe.json huge.json;"
                        + "echo '{' > old-0123abcd.json; touch -d '2 hours ago' old-0123abcd.json;"
                        + "echo > \"$(printf 'odd\\n\\033[31m.json')\""));
        Cli.Outcome status = run("status");
        assertEquals(0, status.code(), status::toString);
        assertEquals(5, status.err().size(), status::toString);
        for (String line : status.err()) {
            assertTrue(line.endsWith("is ignored"), line);
        }
        run("on");
        Cli.Outcome waited = run("on", "--wait=1s");
        assertEquals(1, waited.code(), waited::toString);
        assertTrue(Files.exists(users.resolve("m.mode.instances/old-0123abcd.json")), "root tidies up nothing");
        assertFalse(Files.exists(roots.resolve("new")));
        assertUntouched();
    }
}
