package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State files on mounts, full and read-only file systems, with access control lists, and of groups of users. */
final class FileSystemsTest {

    /** {@code agent COMMAND...} runs the command line, without a look at what it says. */
    private static final String AGENT = "agent() { set +e;"
            + " \"$JAVA\" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar \"$JAR\" \"$@\" >/dev/null;"
            + " echo \"exit $?\"; set -e; }; ";

    @TempDir
    Path directory;

    private Path jar;

    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        jar = Files.copy(Project.agentJar(), directory.resolve("agent.jar")); // where other users can read it
    }

    private record Outcome(int code, String said) {
        void assertSays(String text) {
            assertTrue(said.contains(text), said);
        }
    }

    private Outcome shell(String script, String... prefix) throws Exception {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of("sh", "-ec", AGENT + script));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().put("JAR", jar.toString());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes());
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            return new Outcome(process.exitValue(), said);
        } catch (IOException noSuchTool) {
            return new Outcome(-1, noSuchTool.getMessage());
        }
    }

    private Outcome inMountNamespace(String script) throws Exception {
        Outcome possible = shell("mount -t tmpfs -o size=4k none /mnt", "unshare", "-m");
        assumeTrue(possible.code == 0, () -> "no mounts here: " + possible.said);
        return shell(script, "unshare", "-m");
    }

    @Test
    void mountPoint_isWrittenInPlace() throws Exception {
        Outcome outcome =
                inMountNamespace("mkdir h c; echo off > h/m; touch c/m; mount --bind h/m c/m; agent on --file c/m");
        outcome.assertSays("exit 0");
        assertTrue(Files.readString(directory.resolve("h/m")).contains("true"), outcome::said);
    }

    @Test
    void fullDisk_losesNothing() throws Exception {
        Outcome outcome = inMountNamespace("mkdir d; mount -t tmpfs -o size=4k none d; echo off > d/m;"
                + " head -c 100000 /dev/zero > d/full || true;"
                + " agent on --file d/new; ls d; cat d/m; agent on --file d/m; cat d/m");
        outcome.assertSays("d/new cannot be written: No space left on device");
        outcome.assertSays("exit 1\nfull\nm\noff\nexit 0\n{\"enabled\":true");
    }

    @Test
    void readOnlyFileSystem_isSaid() throws Exception {
        Outcome outcome = inMountNamespace("mkdir d; mount -t tmpfs none d; echo off > d/m; mount -o remount,ro d;"
                + " agent on --file d/m; agent on --file d/new; cat d/m");
        outcome.assertSays("d/m cannot be written: Read-only file system; nothing was changed\nexit 1");
        outcome.assertSays("d is not writable for this user; nothing was changed\nexit 1\noff");
    }

    @Test
    void accessControlList_isKept() throws Exception {
        Outcome set = shell("echo off > m; setfacl -m u:12345:r m");
        assumeTrue(set.code == 0, () -> "no access control lists here: " + set.said);
        shell("agent on --file m").assertSays("exit 0");
        shell("getfacl -n m").assertSays("user:12345:r--");
    }

    /** A member of the group that maintenance is done by, and a file of the application's user. */
    @Test
    void group_writesWhatItMay_andIsRefusedTheRest() throws Exception {
        String[] member = {"setpriv", "--reuid", "222", "--regid", "222", "--groups", "777"};
        assumeTrue(shell("mkdir g; chown 12345:777 g; chmod 0770 g").code == 0, "not root");
        assumeTrue(shell("\"$JAVA\" -version", member).code == 0, "no setpriv here, or Java is root's alone");
        shell("echo off > g/m; chown 12345:777 g/m; chmod 640 g/m");
        Outcome refused = shell("agent on --file g/m; cat g/m", member);
        refused.assertSays("g/m is not readable and writable for this user");
        refused.assertSays("exit 1\noff");
        shell("chmod 660 g/m");
        shell("agent on --file g/m", member).assertSays("exit 0");
        shell("stat -c %u:%g:%a g/m").assertSays("12345:777:660");
        shell("agent on --file g/new", member).assertSays("exit 0");
        shell("stat -c %u:%g:%a g/new").assertSays("222:777:660");

        shell("mkdir -m 700 g/m.instances");
        shell("agent on --wait --file g/m", member)
                .assertSays("m.instances is not readable for this user; give it the group and the permissions of ");
    }

    /** Where Linux refuses to open another user's file with leave to make it (fs.protected_regular). */
    @Test
    void stickyDirectory_isNoObstacle() throws Exception {
        assumeTrue(shell("mkdir -m 1777 s; echo off > s/m; chown 12345 s/m; chmod 666 s/m").code == 0, "not root");
        shell("agent on --file s/m", "setpriv", "--reuid", "222", "--regid", "222", "--clear-groups")
                .assertSays("exit 0");
        assertEquals(
                "12345",
                Files.getAttribute(directory.resolve("s/m"), "unix:uid").toString());
    }

    @Test
    void immutableFile_isSaid() throws Exception {
        Outcome set = shell("echo off > m; chattr +i m");
        assumeTrue(set.code == 0, () -> "no such attribute here: " + set.said);
        try {
            shell("agent on --file m; cat m")
                    .assertSays("cannot be written: Operation not permitted; nothing was changed\nexit 1\noff");
        } finally {
            shell("chattr -i m");
        }
    }
}
