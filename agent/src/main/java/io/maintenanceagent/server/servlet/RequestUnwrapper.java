package io.maintenanceagent.server.servlet;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** Requests without the wrappers that applications and dispatches put around them. Used on the request's thread. */
public final class RequestUnwrapper {

    private static final String WRAPPER = "servlet.ServletRequestWrapper";

    /** How a wrapper is asked for what is in it; {@code null} if the class is none. */
    private static final ClassValue<MethodHandle> CONTENTS = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            for (Class<?> at = type; at != null; at = at.getSuperclass()) {
                if (at.getName().equals("javax." + WRAPPER) || at.getName().equals("jakarta." + WRAPPER)) {
                    return contents(at);
                }
            }
            return null;
        }
    };

    private RequestUnwrapper() {}

    /**
     * @param request a servlet request, or {@code null}
     * @return what is behind all of its wrappers
     */
    public static Object of(Object request) {
        Object inner = request;
        while (inner != null) {
            MethodHandle contents = CONTENTS.get(inner.getClass());
            if (contents == null) {
                break;
            }
            inner = UncheckedCall.get(contents, inner);
        }
        return inner;
    }

    private static MethodHandle contents(Class<?> wrapper) {
        try {
            return MethodHandles.publicLookup()
                    .unreflect(wrapper.getMethod("getRequest"))
                    .asType(methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
