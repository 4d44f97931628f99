package io.maintenanceagent.tests.bench;

import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongBiFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Servlets that do nothing, called directly, in nanoseconds a call. In a JVM with the agent they are woven and call the
 * real hook in {@code java.lang}; without it they are what they look like.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HookCosts {

    /** Of the same form as what the hook calls, and nothing there. */
    private static volatile ToLongBiFunction<Object, Object> begin;

    private final Entry one = new Entry(null);
    private final Entry five = new Entry(new Entry(new Entry(new Entry(new Entry(null)))));

    private final ServletRequest request = new KnownRequest("/api/v1/customers/42/orders", "10.0.0.77");
    private final ServletResponse response = KnownRequest.response();

    /** The measuring itself. */
    @Benchmark
    public void nothing() {}

    /** The check alone: reads what the hook calls. */
    @Benchmark
    public boolean check() {
        return begin != null;
    }

    /** A request that passes one entry. */
    @Benchmark
    public void oneEntry() throws ServletException, IOException {
        one.service(request, response);
    }

    /** A request that passes five entries, one within the other. */
    @Benchmark
    public void fiveEntries() throws ServletException, IOException {
        five.service(request, response);
    }

    /** One more entry within a request. */
    @Benchmark
    public void nestedEntry(WithinRequest within) throws ServletException, IOException {
        one.service(request, response);
    }

    /** An entry of an application, with the next one inside. */
    private static final class Entry extends GenericServlet {

        private final Entry next;

        Entry(Entry next) {
            this.next = next;
        }

        @Override
        public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
            if (next != null) {
                next.service(request, response);
            }
        }
    }

    /** A thread that is in a request all the time. */
    @State(Scope.Thread)
    public static class WithinRequest {

        @Setup
        public void enter() throws Exception {
            call(
                    "enter",
                    new Class<?>[] {Object.class, Object.class},
                    new KnownRequest("/", "10.0.0.77"),
                    KnownRequest.response());
        }

        @TearDown
        public void exit() throws Exception {
            call("exit", new Class<?>[0]);
        }

        private static void call(String method, Class<?>[] parameters, Object... arguments)
                throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
            Class<?> hook;
            try {
                hook = Class.forName("java.lang.MaintenanceHook");
            } catch (ClassNotFoundException noAgent) {
                return;
            }
            hook.getMethod(method, parameters).invoke(null, arguments);
        }
    }
}
