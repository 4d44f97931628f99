package io.maintenanceagent.weave;

import io.maintenanceagent.entrypoint.EntryPoints;
import io.maintenanceagent.jvm.PlatformLoader;
import io.maintenanceagent.report.ErrorReporter;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Offers every class that is loaded to the weaver.
 *
 * <p>Runs on the application's threads in the middle of class loading: it takes no lock, prints nothing, and loads no
 * class of the application. {@link Weaver}, and ASM with it, is loaded at the first class that has something to weave;
 * a JVM without a server never loads it. Of the JDK's own classes those are woven that the table names. A class that
 * cannot be woven stays as it was.
 */
public final class WeavingTransformer implements ClassFileTransformer {

    private final EntryPoints entryPoints;
    private final ErrorReporter errors;
    // An object, so that its class is loaded before the first class is offered: loading it then would offer it to
    // itself.
    private final ClassFileScan scan;
    private final ClassLoader platform;
    private final WovenClasses woven;
    private final UncoveredServers servers;

    /**
     * @param entryPoints what is woven in this JVM
     * @param woven where the names of woven classes go
     * @param servers where classes of servers are noticed that are not woven
     * @param annotations set when a class has an annotation that forces maintenance on or off
     * @param errors where a class that could not be woven is reported
     */
    public WeavingTransformer(
            EntryPoints entryPoints,
            WovenClasses woven,
            UncoveredServers servers,
            AtomicBoolean annotations,
            ErrorReporter errors) {
        this.entryPoints = entryPoints;
        this.scan = new ClassFileScan(entryPoints, annotations);
        this.woven = woven;
        this.servers = servers;
        this.errors = errors;
        this.platform = PlatformLoader.get();
    }

    /** {@inheritDoc} Never throws: an exception would only be swallowed by the JVM, without a word. */
    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        try {
            servers.seen(name);
            boolean isOfJdk = loader == null || loader == platform;
            if (isOfJdk ? !entryPoints.isPlatform(name) : !scan.declaresTarget(classFile)) {
                return null;
            }
            byte[] result = Weaver.weave(classFile, entryPoints);
            woven.add(name);
            return result;
        } catch (LinkageError fault) {
            errors.report(
                    "weaver",
                    "classes cannot be woven, a part of the agent is missing; requests are not stopped in maintenance");
            return null;
        } catch (Throwable fault) {
            String type = name == null ? "(hidden)" : name.replace('/', '.');
            if (ClassFileScan.isNewerThanKnown(classFile)) {
                errors.reportOnce(
                        "weaver version",
                        "class files of a newer version than this agent knows cannot be woven (first " + type + ", "
                                + fault + "): requests that enter the application there are not stopped in maintenance;"
                                + " a newer agent may know it");
            } else {
                errors.report(
                        "weave " + name,
                        "class " + type + " cannot be woven (" + fault
                                + "): requests that enter the application there are not stopped in maintenance");
            }
            return null;
        }
    }
}
