package io.maintenanceagent.tests.bench;

import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
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
    private final ServletResponse response = KnownRequest.response();

    /** Let through by a rule. */
    private final ServletRequest byRule = new KnownRequest("/last/status", "192.0.2.1");

    /** Let through by its address, after all rules have been looked through. */
    private final ServletRequest byAddress = new KnownRequest("/api/v1/customers/42/orders", "10.0.0.77");

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

    private static final class Entry extends GenericServlet {
        private int served;

        @Override
        public void service(ServletRequest request, ServletResponse response) {
            served++;
        }
    }
}
