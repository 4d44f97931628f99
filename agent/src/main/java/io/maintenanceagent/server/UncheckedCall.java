package io.maintenanceagent.server;

import java.lang.invoke.MethodHandle;

/** Lets a method handle's exception through as it is. */
public final class UncheckedCall {

    private UncheckedCall() {}

    /**
     * @param thrown anything
     * @return nothing, for the compiler's sake: it throws what it is given
     */
    public static RuntimeException rethrow(Throwable thrown) {
        return UncheckedCall.<RuntimeException>as(thrown);
    }

    /**
     * @param getter of the type {@code (Object)Object}
     * @param target what it is called with
     * @return what it returns
     */
    public static Object get(MethodHandle getter, Object target) {
        try {
            return (Object) getter.invokeExact(target);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T as(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
