package io.maintenanceagent.tests.bench;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Requests that pass a real gate in maintenance, in nanoseconds: reading the request included, whatever the policy that
 * the JVM's agent was given lets it pass by.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecisionCosts {

    private final Entry entry = new Entry();
    private final ServletResponse response = (ServletResponse) nothing(HttpServletResponse.class);

    /** Let through by a rule. */
    private final ServletRequest byRule = new Request("/last/status", "192.0.2.1");

    /** Let through by its address, after all rules have been looked through. */
    private final ServletRequest byAddress = new Request("/api/v1/customers/42/orders", "10.0.0.77");

    @Benchmark
    public int passesByRule() throws ServletException, IOException {
        return passed(byRule);
    }

    @Benchmark
    public int passesByAddress() throws ServletException, IOException {
        return passed(byAddress);
    }

    private int passed(ServletRequest request) throws ServletException, IOException {
        int before = entry.served;
        entry.service(request, response);
        if (entry.served == before) {
            throw new IllegalStateException("refused");
        }
        return entry.served;
    }

    private static Object nothing(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) ->
                method.getReturnType() == boolean.class ? Boolean.FALSE : null);
    }

    private static final class Entry extends GenericServlet {
        private int served;

        @Override
        public void service(ServletRequest request, ServletResponse response) {
            served++;
        }
    }

    /** As a container has it: everything is known already. */
    private static final class Request extends HttpServletRequestWrapper {
        private final String path;
        private final String address;

        Request(String path, String address) {
            super((HttpServletRequest) nothing(HttpServletRequest.class));
            this.path = path;
            this.address = address;
        }

        @Override
        public DispatcherType getDispatcherType() {
            return DispatcherType.REQUEST;
        }

        @Override
        public boolean isAsyncStarted() {
            return false;
        }

        @Override
        public ServletContext getServletContext() {
            return null;
        }

        @Override
        public HttpServletMapping getHttpServletMapping() {
            return null;
        }

        @Override
        public String getPathInfo() {
            return null;
        }

        @Override
        public String getQueryString() {
            return null;
        }

        @Override
        public String getHeader(String name) {
            return null;
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getContextPath() {
            return "";
        }

        @Override
        public String getServletPath() {
            return path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public String getServerName() {
            return "www.example.com";
        }

        @Override
        public String getRemoteAddr() {
            return address;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return Collections.emptyEnumeration();
        }
    }
}
