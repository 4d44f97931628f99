package io.maintenanceagent.server.servlet;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.BooleanSupplier;

/**
 * Waits for the end of asynchronous processing: an {@code AsyncListener} of the application's own namespace and class
 * loader, which the agent cannot implement otherwise than by a proxy.
 *
 * <p>Only {@code onComplete} is the end. Time-outs and errors are followed by it, or by a dispatch in which the request
 * goes on. Containers forget their listeners when a dispatch starts asynchronous processing anew, and tell them so
 * before: then this one registers itself again (Servlet 3.0, {@code AsyncListener.onStartAsync}).
 *
 * <p>Where a container drops the request without a word, nobody is left who could tell: {@link #getAsBoolean}.
 */
public final class AsyncCompletion implements InvocationHandler, BooleanSupplier {

    private static final String TOMCAT = "org.apache.catalina.core.AsyncContextImpl";

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ServletMethods.of(type, "servlet.AsyncContext"), type);
        }
    };

    /** Whoever waits. */
    public interface Waiting {

        /** The processing is completed; perhaps told more than once, by any thread. */
        void completed();

        /** It was started anew, whose completion will be told as well; told by the thread that starts it. */
        void startedAgain();
    }

    private final Waiting waiting;
    private volatile WeakReference<Object> context; // of the container, which has it for as long as it can be completed

    private AsyncCompletion(Object asyncContext, Waiting waiting) {
        this.context = new WeakReference<Object>(asyncContext);
        this.waiting = waiting;
    }

    /**
     * @param asyncContext an {@code AsyncContext} that is not completed
     * @param waiting told the completion by whichever thread the container chooses, perhaps before this returns
     * @return whether the completion will not be told any more, asked by any thread
     * @throws IllegalStateException if the context takes no listeners any more
     */
    public static BooleanSupplier await(Object asyncContext, Waiting waiting) {
        Handles handles = HANDLES.get(asyncContext.getClass());
        if (handles.listener == null) {
            throw new IllegalStateException(asyncContext.getClass().getName() + " is no AsyncContext");
        }
        ClassLoader loader = handles.listener.getClassLoader();
        AsyncCompletion completion = new AsyncCompletion(asyncContext, waiting);
        handles.add(asyncContext, Proxy.newProxyInstance(loader, new Class<?>[] {handles.listener}, completion));
        return completion;
    }

    /**
     * @param asyncContext an {@code AsyncContext} that is not completed
     * @return the request that it was started with, without wrappers; {@code null} if it does not tell
     */
    public static Object request(Object asyncContext) {
        MethodHandle getRequest = HANDLES.get(asyncContext.getClass()).getRequest;
        try {
            return getRequest == null ? null : RequestUnwrapper.of(UncheckedCall.get(getRequest, asyncContext));
        } catch (RuntimeException untold) {
            return null;
        }
    }

    /** {@inheritDoc} Whether the context is gone, or is of a request that Tomcat has recycled. */
    @Override
    public boolean getAsBoolean() {
        Object last = context.get();
        return last == null || HANDLES.get(last.getClass()).isRecycled(last);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "onComplete":
                waiting.completed();
                return null;
            case "onStartAsync":
                startedAgain(proxy, arguments[0]);
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

    private void startedAgain(Object proxy, Object event) {
        try {
            Object next = event.getClass().getMethod("getAsyncContext").invoke(event);
            context = new WeakReference<Object>(next);
            HANDLES.get(next.getClass()).add(next, proxy);
            waiting.startedAgain();
        } catch (Exception untold) {
            // It is the application's startAsync that this must not break. Its end is awaited anew.
            waiting.completed();
        }
    }

    private static final class Handles {
        final Class<?> listener;
        private final MethodHandle addListener;
        private final MethodHandle getRequest;
        private final MethodHandle isAvailable; // null but on Tomcat

        Handles(ServletMethods api, Class<?> type) {
            listener = api.neighbour("AsyncListener");
            getRequest = api.method("getRequest", methodType(Object.class, Object.class));
            isAvailable = type.getName().equals(TOMCAT) ? isAvailable(type) : null;
            addListener = listener == null
                    ? null
                    : api.method("addListener", methodType(void.class, Object.class, Object.class), listener);
        }

        void add(Object asyncContext, Object asyncListener) {
            try {
                addListener.invokeExact(asyncContext, asyncListener);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }

        private static MethodHandle isAvailable(Class<?> tomcat) {
            try {
                return MethodHandles.publicLookup()
                        .unreflect(tomcat.getMethod("isAvailable"))
                        .asType(methodType(Object.class, Object.class));
            } catch (ReflectiveOperationException absent) {
                return null;
            }
        }

        /**
         * Tomcat 9 recycles requests without a word whose servlet has failed after {@code startAsync}, if an
         * application has a page for the error. The context has no request and no application then. The first alone is
         * said as well of one whose listeners were told of an error, and which may have been dispatched by them.
         */
        boolean isRecycled(Object asyncContext) {
            if (isAvailable == null) {
                return false;
            }
            try {
                UncheckedCall.get(getRequest, asyncContext);
                return false;
            } catch (IllegalStateException ended) {
                return !(Boolean) UncheckedCall.get(isAvailable, asyncContext);
            }
        }
    }
}
