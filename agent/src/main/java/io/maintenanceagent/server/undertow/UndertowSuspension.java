package io.maintenanceagent.server.undertow;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An exchange that is left alone: as one that a handler has dispatched and whose task has not come yet. It is given to
 * its handler again on the thread that reads its connection, once its server has let go of it too. Safe for any thread.
 */
final class UndertowSuspension implements Runnable {

    /** Is told by the server, on the thread that had the exchange, that nothing more is done with it there. */
    private static final class LetGo implements Executor, Runnable {
        private final UndertowSuspension suspension;

        LetGo(UndertowSuspension suspension) {
            this.suspension = suspension;
        }

        @Override
        public void execute(Runnable task) {
            suspension.run();
        }

        @Override
        public void run() {}
    }

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ServerType.of(type, "io.undertow.server.HttpServerExchange"));
        }
    };

    private final Object handler;
    private final Object exchange;
    private final Handles handles;
    private final AtomicInteger awaited;

    /** @param awaited how often it is run until it goes on */
    private UndertowSuspension(Object handler, Object exchange, Runnable gone, int awaited) {
        this.handler = handler;
        this.exchange = exchange;
        this.awaited = new AtomicInteger(awaited);
        this.handles = HANDLES.get(exchange.getClass());
        handles.whenClosed(exchange, gone);
    }

    /** Suspends an exchange that no handler has seen. */
    static Runnable undispatched(Object handler, Object exchange, Runnable gone) {
        return new UndertowSuspension(handler, exchange, gone, 1);
    }

    /** Suspends an exchange that the handler has in its hands, or has just dispatched, by taking its task away. */
    static Runnable dispatched(Object handler, Object exchange, Runnable gone) {
        UndertowSuspension suspension = new UndertowSuspension(handler, exchange, gone, 2);
        suspension.handles.dispatch(exchange, new LetGo(suspension));
        return suspension;
    }

    /** Enters it again, at the last of its calls: whoever waited may be told to go on before the server lets go. */
    @Override
    public void run() {
        if (awaited.decrementAndGet() > 0) {
            return;
        }
        ((Executor) get(handles.getIoThread, exchange)).execute(new Runnable() {
            @Override
            public void run() {
                handles.execute(handler, exchange);
            }
        });
    }

    private static final class Handles {
        final MethodHandle getIoThread;
        private final MethodHandle execute;
        private final MethodHandle dispatch;
        private final MethodHandle getConnection;
        private final MethodHandle addCloseListener;
        private final Class<?> listener;

        Handles(ServerType exchange) {
            Class<?> self = Object.class;
            getIoThread = exchange.method("getIoThread", methodType(self, self));
            ServerType handler = exchange.neighbour("io.undertow.server.HttpHandler");
            execute = exchange.neighbour("io.undertow.server.Connectors")
                    .method("executeRootHandler", methodType(void.class, self, self), handler.type(), exchange.type());
            dispatch = exchange.method(
                    "dispatch", methodType(self, self, Executor.class, Runnable.class), Executor.class, Runnable.class);
            getConnection = exchange.method("getConnection", methodType(self, self));
            ServerType connection = exchange.neighbour("io.undertow.server.ServerConnection");
            listener = connection
                    .neighbour("io.undertow.server.ServerConnection$CloseListener")
                    .type();
            addCloseListener = connection.method("addCloseListener", methodType(void.class, self, self), listener);
        }

        void execute(Object handler, Object exchange) {
            try {
                execute.invokeExact(handler, exchange);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }

        void dispatch(Object exchange, LetGo to) {
            try {
                Object same = (Object) dispatch.invokeExact(exchange, (Executor) to, (Runnable) to);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }

        void whenClosed(Object exchange, Runnable gone) {
            Object told =
                    Proxy.newProxyInstance(listener.getClassLoader(), new Class<?>[] {listener}, new Closed(gone));
            try {
                addCloseListener.invokeExact(get(getConnection, exchange), told);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }
    }

    private static final class Closed implements InvocationHandler {
        private final Runnable gone;

        Closed(Runnable gone) {
            this.gone = gone;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            switch (method.getName()) {
                case "closed":
                    gone.run();
                    return null;
                case "equals":
                    return proxy == arguments[0];
                case "hashCode":
                    return System.identityHashCode(proxy);
                default:
                    return "Closed";
            }
        }
    }
}
