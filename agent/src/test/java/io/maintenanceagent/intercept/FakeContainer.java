package io.maintenanceagent.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.InFlightSnapshot;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.policy.PolicyParser;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.response.Responses;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A gate, and before it requests and responses of both namespaces that only remember what they are told. */
final class FakeContainer {

    final ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));
    final Enforcement enforcement = new Enforcement(new AtomicBoolean(), errors);
    final InFlightRequests running = new InFlightRequests();
    final RequestCounts counts = new RequestCounts(running);
    final RequestInterceptor interceptor =
            new RequestInterceptor(enforcement, running, new PreAttachRequests(frame -> false), counts, errors);

    final Map<String, Object> answers = new HashMap<>(Map.of(
            "getMethod",
            "GET",
            "getProtocol",
            "HTTP/1.1",
            "getContextPath",
            "/shop",
            "getServletPath",
            "/x",
            "getServerName",
            "example.com",
            "isCommitted",
            false,
            "isAsyncStarted",
            false));
    /** Headers that are in the response already. */
    final Map<String, List<String>> set = new HashMap<>();

    final List<String> calls = new ArrayList<>();
    final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Object fake(String type) throws ClassNotFoundException {
        return Proxy.newProxyInstance(
                FakeContainer.class.getClassLoader(),
                new Class<?>[] {Class.forName(type)},
                (proxy, method, arguments) -> {
                    String name = method.getName();
                    if (name.equals("getHeader")) {
                        return answers.get("header " + arguments[0]);
                    }
                    if (name.equals("getHeaderNames") && !answers.containsKey(name)) {
                        return set.keySet();
                    }
                    if (type.endsWith("Response") && name.equals("getHeaders")) {
                        return set.get(arguments[0]);
                    }
                    if (name.equals("getHeaders")) {
                        Object value = answers.get("headers " + arguments[0]);
                        return value == null ? null : Collections.enumeration(List.of(value));
                    }
                    if (name.equals("getAttribute")) {
                        return answers.get("attribute " + arguments[0]);
                    }
                    if (name.equals("setAttribute")) {
                        return answers.put("attribute " + arguments[0], arguments[1]);
                    }
                    if (answers.get(name) instanceof Throwable) {
                        throw (Throwable) answers.get(name);
                    }
                    if (name.equals("isUserInRole")) {
                        return arguments[0].equals(answers.get("role"));
                    }
                    if (name.equals("getOutputStream")) {
                        return type.startsWith("javax") ? new JavaxOut() : new JakartaOut();
                    }
                    if (method.getReturnType() == void.class) {
                        calls.add(name + (arguments == null ? "" : " " + List.of(arguments)));
                    }
                    return answers.get(name);
                });
    }

    private final class JavaxOut extends javax.servlet.ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(javax.servlet.WriteListener listener) {}

        @Override
        public void write(int b) {
            body.write(b);
        }
    }

    private final class JakartaOut extends jakarta.servlet.ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(jakarta.servlet.WriteListener listener) {}

        @Override
        public void write(int b) {
            body.write(b);
        }
    }

    boolean refuses(String namespace) throws ClassNotFoundException {
        long told = enter(namespace);
        if (told > 0) {
            interceptor.ends(told);
        }
        assertEquals(0, inFlight().total(), "nothing is left behind");
        return told == MaintenanceHook.REFUSED;
    }

    long enter(String namespace) throws ClassNotFoundException {
        return interceptor.servletBegins(
                fake(namespace + ".servlet.http.HttpServletRequest"),
                fake(namespace + ".servlet.http.HttpServletResponse"));
    }

    long enterFilter() throws ClassNotFoundException {
        return interceptor.filterBegins(
                fake("jakarta.servlet.http.HttpServletRequest"), fake("jakarta.servlet.http.HttpServletResponse"));
    }

    long enter(HttpServletRequest request) throws ClassNotFoundException {
        return interceptor.servletBegins(request, fake("jakarta.servlet.http.HttpServletResponse"));
    }

    InFlightSnapshot inFlight() {
        return running.snapshot(request -> enforcement.refuses(request, System.currentTimeMillis()), false, 0);
    }

    void dispatch(String type) {
        // An enum constant in the container; all that is asked of it is its name.
        answers.put("getDispatcherType", jakarta.servlet.DispatcherType.valueOf(type));
    }

    void enforce(State state) {
        enforcement.enforce(EffectiveState.of(null, state, null));
    }

    static Policy policy(String text) throws Exception {
        return PolicyParser.parse(text.replace('\'', '"').getBytes(), null);
    }

    void apply(Policy policy) throws MalformedContentException {
        Responses responses =
                Responses.parse(policy.response(), policy.ruleResponses(), name -> name, List.of(), errors);
        enforcement.enforce(policy, List.of(), responses);
    }
}
