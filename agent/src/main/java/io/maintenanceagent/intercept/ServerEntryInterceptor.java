package io.maintenanceagent.intercept;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ForwardableExchange;
import io.maintenanceagent.server.ServerAdapters;
import io.maintenanceagent.weave.WovenClasses;

/**
 * What the hook calls at an outermost entry that is a container's own. A fault leaves the request to the entries of the
 * servlet API further in. Safe for any thread.
 */
public final class ServerEntryInterceptor {

    /** Behind the arguments of the woven method. */
    private static final int ANSWER = 3;

    private final RequestInterceptor interceptor;
    private final WovenClasses woven;
    private final ErrorReporter errors;

    /**
     * @param interceptor decides and answers
     * @param woven which classes are woven
     * @param errors where requests are reported that cannot be read there
     */
    public ServerEntryInterceptor(RequestInterceptor interceptor, WovenClasses woven, ErrorReporter errors) {
        this.interceptor = interceptor;
        this.woven = woven;
        this.errors = errors;
    }

    /**
     * An outermost entry begins.
     *
     * @param name the name of the {@link EntryPoint}
     * @param arguments arguments of the woven method; where a fourth element is there it is for the publisher that
     *     answers a refused request
     * @return as for {@link RequestInterceptor#servletBegins}, or {@link MaintenanceHook#UNDECIDED} if the request is
     *     not decided here
     */
    public long begins(String name, Object[] arguments) {
        EntryPoint entryPoint = null;
        try {
            entryPoint = EntryPoint.valueOf(name);
            if (entryPoint.holdsOnly() && !interceptor.isHolding() || isDecidedFurtherIn(entryPoint.yieldsTo())) {
                return MaintenanceHook.UNDECIDED;
            }
            Exchange exchange = ServerAdapters.of(entryPoint).exchange(entryPoint, arguments);
            if (exchange == null || isDecidedFurtherIn(exchange.yieldsTo())) {
                return MaintenanceHook.UNDECIDED;
            }
            ForwardableExchange forwardable = woven.hasContainer() ? exchange.forwardable() : null;
            ForwardedRequests.Enforced before =
                    forwardable == null ? null : interceptor.forwarded().enforced();
            long outcome = interceptor.exchangeBegins(exchange);
            if (outcome != MaintenanceHook.UNDECIDED) {
                interceptor.cameTo(entryPoint);
            }
            if (outcome > 0 && forwardable != null) {
                interceptor.forwarded().mark(forwardable, before);
            }
            if (outcome == MaintenanceHook.REFUSED && exchange.publishing() != null) {
                arguments[ANSWER] = exchange.publishing().answer();
            }
            return outcome;
        } catch (Throwable fault) {
            errors.reportOnce("entry point " + name, faultAt(entryPoint, fault));
            return MaintenanceHook.UNDECIDED;
        }
    }

    private boolean isDecidedFurtherIn(String className) {
        return className != null && woven.contains(className);
    }

    private static String faultAt(EntryPoint entryPoint, Throwable fault) {
        return entryPoint == null || entryPoint.hasServletsWithin()
                ? "a request could not be read before its login (" + fault + "); it is decided at its filter or servlet"
                : "a request could not be read (" + fault + "); it was let in";
    }
}
