package io.maintenanceagent.servlet;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Waits for the end of asynchronous processing: an {@code AsyncListener} of the application's own namespace and class
 * loader, which the agent cannot implement otherwise than by a proxy.
 *
 * <p>Only {@code onComplete} is the end. Time-outs and errors are followed by it, or by a dispatch in which the request
 * goes on. Containers forget their listeners when a dispatch starts asynchronous processing anew, and tell them so
 * before: then this one registers itself again (Servlet 3.0, {@code AsyncListener.onStartAsync}).
 */
public final class AsyncCompletion implements InvocationHandler {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ServletInterface.of(type, "servlet.AsyncContext"));
        }
    };

    private final Runnable end;

    private AsyncCompletion(Runnable end) {
        this.end = end;
    }

    /**
     * @param asyncContext an {@code AsyncContext} that is not completed
     * @param end run at the completion, by whichever thread the container chooses, perhaps before this returns
     * @throws IllegalStateException if the context takes no listeners any more
     */
    public static void await(Object asyncContext, Runnable end) {
        Handles handles = HANDLES.get(asyncContext.getClass());
        if (handles.listener == null) {
            throw new IllegalStateException(asyncContext.getClass().getName() + " is no AsyncContext");
        }
        ClassLoader loader = handles.listener.getClassLoader();
        Object listener = Proxy.newProxyInstance(loader, new Class<?>[] {handles.listener}, new AsyncCompletion(end));
        handles.add(asyncContext, listener);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "onComplete":
                end.run();
                return null;
            case "onStartAsync":
                Object next = arguments[0].getClass().getMethod("getAsyncContext").invoke(arguments[0]);
                HANDLES.get(next.getClass()).add(next, proxy);
                return null;
            case "equals":
                return proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "toString":
                return "maintenance-agent";
            default:
                return null;
        }
    }

    private static final class Handles {
        final Class<?> listener;
        private final MethodHandle addListener;

        Handles(ServletInterface api) {
            listener = api.neighbour("AsyncListener");
            addListener = listener == null
                    ? null
                    : api.method("addListener", methodType(void.class, Object.class, Object.class), listener);
        }

        void add(Object asyncContext, Object asyncListener) {
            try {
                addListener.invokeExact(asyncContext, asyncListener);
            } catch (Throwable e) {
                throw Unchecked.rethrow(e);
            }
        }
    }
}
