package io.maintenanceagent.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.MaintenanceAgent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * What {@code premain}, the transformer and the hook's functions must not use, by all that they can come to. What a
 * start does load is {@code PremainClassesTest}'s.
 */
final class PremainReachTest {

    private static final String ROOT = "io.maintenanceagent.";

    /** What has a thread of its own, and what only an attach does. */
    private static final Set<String> OTHER_THREADS = Set.of(
            ROOT + "boot.Agent.attach",
            ROOT + "boot.AgentLoop.run",
            ROOT + "boot.Auditing.run",
            ROOT + "boot.BackgroundThread$Loop.run",
            ROOT + "boot.PolicyWatch.run",
            ROOT + "boot.StatusReporting.run",
            ROOT + "jmx.MBeanRegistration.run");

    private static final List<String> TOO_EARLY = List.of(
            "java.util.logging.",
            "java.lang.management.",
            "javax.management.",
            "java.nio.file.",
            "java.lang.invoke.LambdaMetafactory");

    private static final List<String> WAITING = List.of(
            "java.lang.Object.wait",
            "java.lang.Thread.join",
            "java.lang.Thread.sleep",
            "java.net.Socket",
            "java.util.concurrent.CountDownLatch.await",
            "java.util.concurrent.locks.");

    private static final List<String> HOOK_FUNCTIONS = List.of(
            ROOT + "boot.HookFunctions$ServletBegins.applyAsLong",
            ROOT + "boot.HookFunctions$FilterBegins.applyAsLong",
            ROOT + "boot.HookFunctions$ServerEntryBegins.applyAsLong",
            ROOT + "boot.HookFunctions$Ends.accept",
            ROOT + "boot.HookFunctions$StartsAsync.accept",
            ROOT + "boot.HookFunctions$Completed.accept",
            ROOT + "boot.HookFunctions$Returns.apply",
            ROOT + "socket.OpeningSockets.accept",
            ROOT + "work.WorkInterceptor.apply",
            ROOT + "work.WorkInterceptor$Ends.apply",
            ROOT + "work.WorkInterceptor$Failures.accept",
            ROOT + "work.jdbc.StatementInterceptor.apply");

    @Test
    void premain_usesNothingThatIsTooEarly() throws Exception {
        ReachableCode code = premain(Set.of());
        assertReaches(code, ROOT + "boot.HookDefiner.define", ROOT + "weave.LoadedClasses.weave");
        assertEquals(Set.of(), code.uses(TOO_EARLY));
    }

    /** But for its line on standard error, for half a second. */
    @Test
    void premain_waitsForNothing() throws Exception {
        assertEquals(
                Set.of(), premain(Set.of(ROOT + "report.ErrorReporter.flush")).uses(WAITING));
    }

    @Test
    void transformer_takesNoLockPrintsNothingLoadsNoClass() throws Exception {
        ReachableCode code = reach(List.of(ROOT + "weave.WeavingTransformer.transform"), Set.of(), name -> true);
        assertReaches(code, ROOT + "weave.ClassFileScan.scan", ROOT + "weave.Weaver.weave");
        List<String> forbidden = new ArrayList<>(TOO_EARLY);
        forbidden.addAll(WAITING);
        forbidden.addAll(List.of(
                ReachableCode.LOCK,
                "java.io.Print",
                "java.lang.System.err",
                "java.lang.System.out",
                "java.lang.Class.forName",
                "java.lang.ClassLoader.loadClass",
                "java.lang.Thread.start"));
        assertEquals(Set.of(), code.uses(forbidden));
    }

    /** Requests come while the application starts; and a request's thread touches no file. */
    @Test
    void hookFunctions_useNothingThatIsTooEarly() throws Exception {
        List<String> roots = new ArrayList<>(HOOK_FUNCTIONS);
        roots.add(ROOT + "MaintenanceAgent.premain"); // makes what they use
        ReachableCode code = reach(roots, OTHER_THREADS, PremainReachTest::isAdapter);
        assertReaches(code, ROOT + "intercept.RequestDecider.enforce", ROOT + "server.tomcat.TomcatExchange.request");
        assertEquals(Set.of(), code.uses(TOO_EARLY));
    }

    /** They are made by the name that the table of entry points has. */
    private static boolean isAdapter(String name) {
        return name.startsWith(ROOT + "server.")
                || name.startsWith(ROOT + "socket.")
                || name.startsWith(ROOT + "work.");
    }

    private static void assertReaches(ReachableCode code, String... methods) {
        assertTrue(
                code.methods().containsAll(List.of(methods)), () -> "the calls are not understood: " + code.methods());
    }

    private static ReachableCode premain(Set<String> ends) throws Exception {
        List<String> all = new ArrayList<>(OTHER_THREADS);
        all.addAll(ends);
        return reach(List.of(ROOT + "MaintenanceAgent.premain"), Set.copyOf(all), name -> false);
    }

    private static ReachableCode reach(List<String> roots, Set<String> ends, Predicate<String> madeElsewhere)
            throws Exception {
        Path classes = Path.of(MaintenanceAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return new ReachableCode(classes, roots, ends, madeElsewhere);
    }
}
