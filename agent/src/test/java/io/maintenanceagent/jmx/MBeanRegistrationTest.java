package io.maintenanceagent.jmx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.instance.InstanceIdentity;
import io.maintenanceagent.instance.StatusCollector;
import io.maintenanceagent.instance.WorkStatus;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MBeanRegistrationTest {

    private static final long NO_WAIT = 0;

    private final ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));
    private final Enforcement enforcement = new Enforcement(new AtomicBoolean(), errors);
    private final InFlightRequests requests = new InFlightRequests();
    private final RequestCounts counts = new RequestCounts(requests);
    private final StatusCollector collector = new StatusCollector(
            enforcement,
            requests,
            new PreAttachRequests(frame -> false),
            counts,
            () -> null,
            () -> WorkStatus.NONE,
            () -> null);
    private final MBeanRegistration registration =
            new MBeanRegistration(collector, enforcement.override(), () -> 1, errors, NO_WAIT);

    @AfterEach
    void close() {
        registration.close();
    }

    private boolean offer(State state) {
        enforcement.enforce(EffectiveState.of(null, state, null));
        return registration.offer(InstanceIdentity.self("shop"), collector.status());
    }

    private static boolean isRegistered() throws JMException {
        return ManagementFactory.getPlatformMBeanServer()
                .isRegistered(new ObjectName("io.maintenanceagent:type=Maintenance"));
    }

    @Test
    void offer_onceTheTimeIsUp_registersWithoutAnAnswer() throws JMException {
        offer(State.OFF);
        assertTrue(offer(State.ON));
        registration.run();
        assertTrue(isRegistered());
        registration.close();
        assertFalse(isRegistered());
    }

    /** Such a server has an MBean server of its own, and drops its MBeans if another one was created first. */
    @ParameterizedTest
    @ValueSource(strings = {"weblogic.Name", "javax.management.builder.initial"})
    void offer_serverWithItsOwnMBeanServer_waitsForTheFirstAnswer(String property) throws JMException {
        String before = System.getProperty(property);
        System.setProperty(property, "com.acme.Builder");
        try {
            offer(State.OFF);
            assertFalse(offer(State.ON));
            assertFalse(offer(State.OFF));
            counts.refused();
            assertTrue(offer(State.ON));
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
        registration.run();
        assertTrue(isRegistered());
    }

    @Test
    void offer_unchangedStatus_returnsFalse() {
        counts.refused();
        assertTrue(offer(State.ON));
        registration.run();
        assertFalse(offer(State.ON));
        assertTrue(offer(State.OFF));
    }

    @Test
    void run_afterClose_registersNothing() throws JMException {
        counts.refused();
        assertTrue(offer(State.ON));
        registration.close();
        registration.run();
        assertFalse(isRegistered());
    }
}
