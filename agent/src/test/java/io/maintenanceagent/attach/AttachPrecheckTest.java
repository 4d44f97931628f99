package io.maintenanceagent.attach;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachPrecheckTest {

    private static final String ATTACHABLE = "1100000000";
    private static final String DISABLED = "0100000000";

    @TempDir
    Path proc;

    private ProcessDirectory target;
    private ProcessDirectory asking;

    @BeforeEach
    void setUp() throws IOException {
        target = new ProcessDirectory(proc, ProcessDirectory.PID);
        asking = new ProcessDirectory(proc, "1");
        Files.delete(asking.path("root/tmp/hsperfdata_shop"));
        Files.delete(asking.path("root/tmp"));
        Files.createSymbolicLink(asking.path("root/tmp"), target.path("root/tmp"));
    }

    @Test
    void check_attachableJvm_passes() throws IOException {
        target.performanceData(ATTACHABLE, "17.0.15");
        assertAsked(17);
    }

    @Test
    void check_attachDisabled_fails() throws IOException {
        target.performanceData(DISABLED, "17.0.15");
        assertRefused(17, "does not allow attaching (-XX:+DisableAttachMechanism); start it with -javaagent:AGENT");
    }

    /** A JVM that listens already ignores its options. */
    @Test
    void check_listeningJvm_passes() throws IOException {
        target.performanceData(DISABLED, "17.0.15");
        Files.createFile(target.path("root/tmp/.java_pid" + ProcessDirectory.PID));
        assertAsked(17);
    }

    @Test
    void check_noPerformanceDataAndPlainOptions_passes() throws IOException {
        target.command("java", "-XX:-UsePerfData", "-cp", "a.jar", "Shop", "@all")
                .environment("JAVA_TOOL_OPTIONS", "-Xmx1g");
        assertAsked(17);
    }

    @ParameterizedTest
    @CsvSource({
        "-XX:+DisableAttachMechanism, does not allow attaching (-XX:+DisableAttachMechanism)",
        "@shop.args, takes options from @shop.args",
        "-XX:VMOptionsFile=o, takes options from -XX:VMOptionsFile=o",
        "-XX:Flags=o, takes options from -XX:Flags=o",
    })
    void check_noPerformanceDataAndUnknownOptions_fails(String option, String said) throws IOException {
        target.command("java", option, "Shop");
        assertRefused(17, said);
        target.command("java", "Shop");
        for (String variable : new String[] {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"}) {
            target.environment(variable, "-Xmx1g " + option);
            assertRefused(17, said);
        }
    }

    @Test
    void check_noPerformanceDataAndOptionsFile_fails() throws IOException {
        Files.createFile(target.path("cwd/.hotspotrc"));
        assertRefused(17, "takes options from .hotspotrc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/usr/bin/jsvc", "/opt/jdk/bin/javac"})
    void check_noPerformanceDataAndCustomLauncher_fails(String executable) throws IOException {
        Files.delete(target.path("exe"));
        Files.createSymbolicLink(target.path("exe"), Path.of(executable));
        assertRefused(17, "has no performance data (as with -XX:-UsePerfData): whether it would answer");
    }

    /** OpenJ9 would write a dump of its own format. */
    @Test
    void check_openJ9_fails() throws IOException {
        target.maps("/opt/j9/lib/server/libjvm.so", "/opt/j9/lib/default/libj9vm29.so");
        assertRefused(17, "cannot be known");
    }

    @Test
    void check_unreadableProcessFiles_fails() throws IOException {
        Files.delete(target.path("environ"));
        assertRefused(17, "cannot be known");
    }

    @Test
    void check_unreadableRootDirectory_fails() throws IOException {
        Files.move(target.path("root"), target.path("elsewhere"));
        assertRefused(17, "which this user may not look into; run this command there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"T (stopped)", "t (tracing stop)"})
    void check_stoppedJvm_fails(String state) throws IOException {
        target.performanceData(ATTACHABLE, "17").status("State", state);
        assertRefused(17, "is stopped, by a signal or a debugger, and does not answer; try again when it runs");
    }

    @Test
    void check_startingJvm_fails() throws IOException {
        target.performanceData(ATTACHABLE, "17").status("SigCgt", "0000000000000000");
        assertRefused(17, "is only just starting, and would be ended by the signal to attach; try again");
    }

    @Test
    void check_jvmOfAnotherUser_fails() throws IOException {
        target.performanceData(ATTACHABLE, "17").status("Uid", "1001 1001 1001 1001");
        assertRefused(17, "and only its own user or root may attach to it; as that user run this command, or: JCMD");
    }

    @ParameterizedTest
    @CsvSource({
        "17.0.15, ",
        "11.0.2, ",
        "1.8.0_504, before Java 11 not even root",
        "9.0.1, before Java 11 not even root"
    })
    void check_asRoot_passesForNewerJvms(String java, String said) throws IOException {
        target.performanceData(ATTACHABLE, java);
        asking.status("Uid", "0 0 0 0");
        assertAskedOrRefused(17, said);
    }

    @ParameterizedTest
    @CsvSource({"8, with Java 21 or later", "17, with Java 21 or later", "21, "})
    void check_otherTmp_passesForNewerJdks(int own, String said) throws IOException {
        target.performanceData(ATTACHABLE, "17");
        Files.delete(asking.path("root/tmp"));
        Files.createDirectory(asking.path("root/tmp"));
        assertAskedOrRefused(own, said);
    }

    @ParameterizedTest
    @CsvSource({"8, with Java 11 or later", "11, ", "17, "})
    void check_otherPidNamespace_passesForNewerJdks(int own, String said) throws IOException {
        target.performanceData(ATTACHABLE, "17").status("NSpid", ProcessDirectory.PID + "\t7");
        Files.delete(asking.path("root/tmp"));
        Files.createDirectory(asking.path("root/tmp"));
        assertAskedOrRefused(own, said);
    }

    @Test
    void check_attachFileOfAnotherUser_fails() throws IOException {
        target.performanceData(ATTACHABLE, "17");
        Path file = Files.createFile(target.path("cwd/.attach_pid" + ProcessDirectory.PID));
        Object owner = Files.getAttribute(file, "unix:uid");
        if (owner.equals(0)) {
            Files.setAttribute(file, "unix:uid", 54321);
        }
        assumeTrue(!owner.equals(1000));
        assertRefused(17, "because of a file of another user's: " + file + "; remove that file");
        if (owner.equals(0)) {
            Files.setAttribute(file, "unix:uid", 1000);
            assertAsked(17);
        }
    }

    private void assertAskedOrRefused(int own, String said) {
        if (said == null) {
            assertAsked(own);
        } else {
            assertRefused(own, said);
        }
    }

    private void assertAsked(int own) {
        assertDoesNotThrow(() -> check(own));
    }

    private void assertRefused(int own, String said) {
        AttachException refused = assertThrows(AttachException.class, () -> check(own));
        String whole = refused.getMessage() + "; " + refused.workaround();
        assertTrue(whole.contains(said), whole);
    }

    private void check(int own) throws AttachException {
        new AttachPrecheck(target.files(), asking.files(), own).check("start it with -javaagent:AGENT", "JCMD");
    }
}
