package io.maintenanceagent.work.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.WorkGuard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MessageEndpointAdapterTest {

    private final Enforcement enforcement =
            new Enforcement(new AtomicBoolean(), new ErrorReporter(new PrintStream(new ByteArrayOutputStream())));
    private final WorkGuard guard = new WorkGuard(enforcement, new ErrorReporter(System.err));
    private final MessageEndpointAdapter adapter = new MessageEndpointAdapter(guard);
    private final TomEe endpoint = new TomEe();

    /** Has the field of TomEE's own. */
    @SuppressWarnings("unused")
    private static final class TomEe {
        private final Deployment deployment = new Deployment();
    }

    private static final class Deployment {
        @SuppressWarnings("unused")
        public Class<?> getBeanClass() {
            return Orders.class;
        }
    }

    private static final class Orders {}

    private void become(boolean on) {
        enforcement.enforce(EffectiveState.of(null, State.of(on), null));
    }

    private Object at(WorkEntryPoint entryPoint) {
        return adapter.begins(entryPoint, new Object[] {endpoint});
    }

    private void end(Object told) {
        assertNull(((BegunWork) told).ended(null));
    }

    private int inFlight() {
        return guard.snapshot(WorkKind.MESSAGES).inFlight();
    }

    private BlockingQueue<Object> held() throws InterruptedException {
        BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        Thread thread = new Thread(() -> answers.add(at(WorkEntryPoint.MDB_TOMEE)));
        thread.setDaemon(true);
        thread.start();
        while (guard.snapshot(WorkKind.MESSAGES).held() == 0) {
            Thread.sleep(1);
        }
        return answers;
    }

    @Test
    void delivery_isInFlight_untilItsTransactionHasEnded() {
        become(false);
        end(at(WorkEntryPoint.MDB_TOMEE));
        become(true);
        assertEquals(Orders.class.getName(), guard.snapshot(WorkKind.MESSAGES).oldest());
        Object commit = at(WorkEntryPoint.MDB_TOMEE_AFTER);
        assertEquals(1, inFlight());
        end(commit);
        assertEquals(0, inFlight());
        assertNull(at(WorkEntryPoint.MDB_TOMEE_AFTER));
    }

    @Test
    void delivery_thatCannotBegin_isNotInFlight() {
        become(false);
        ((BegunWork) at(WorkEntryPoint.MDB_TOMEE)).failed(new IllegalStateException());
        assertEquals(0, inFlight());
    }

    @Test
    void delivery_inMaintenance_isHeldUntilTheEnd() throws Exception {
        become(true);
        BlockingQueue<Object> begun = held();
        assertEquals(0, inFlight());
        become(false);
        end(begun.poll(10, TimeUnit.SECONDS));
        assertEquals(1, inFlight());
        end(at(WorkEntryPoint.MDB_TOMEE_AFTER));
        assertEquals(0, inFlight());
    }

    /** Liberty's endpoints of one bean are equal, and a delivery may begin with the bean's method or before. */
    @Test
    void delivery_ofLiberty_endsWhereItsTransactionDoes() {
        become(false);
        Liberty one = new Liberty();
        Liberty other = new Liberty();
        Object[] first = {one};
        Object[] second = {other};
        end(adapter.begins(WorkEntryPoint.MDB_LIBERTY, first));
        assertNull(adapter.begins(WorkEntryPoint.MDB_LIBERTY_METHOD, first));
        end(adapter.begins(WorkEntryPoint.MDB_LIBERTY_METHOD, second));
        assertEquals(2, inFlight());
        assertEquals(Orders.class.getName(), guard.snapshot(WorkKind.MESSAGES).oldest());
        assertNull(adapter.begins(WorkEntryPoint.MDB_LIBERTY_METHOD_AFTER, first));
        end(adapter.begins(WorkEntryPoint.MDB_LIBERTY_METHOD_AFTER, second));
        assertEquals(1, inFlight());
        end(adapter.begins(WorkEntryPoint.MDB_LIBERTY_AFTER, first));
        assertEquals(0, inFlight());
    }

    /** Has the fields of Liberty's own. */
    @SuppressWarnings("unused")
    private static final class Liberty {
        private final Liberty bmd = this;
        private final String enterpriseBeanClassName = Orders.class.getName();

        @Override
        public boolean equals(Object other) {
            return other instanceof Liberty;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** A resource adapter waits for what it has delivered. */
    @Test
    void delivery_whileEndpointsAreDeactivated_goesBackToTheBroker() throws Exception {
        become(true);
        BlockingQueue<Object> begun = held();
        Object deactivation = at(WorkEntryPoint.MDB_DEACTIVATION);
        assertInstanceOf(IllegalStateException.class, begun.poll(10, TimeUnit.SECONDS));
        assertInstanceOf(IllegalStateException.class, at(WorkEntryPoint.MDB_TOMEE));
        end(deactivation);
        held();
        become(false);
    }
}
