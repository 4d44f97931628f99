package io.maintenanceagent.work.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import io.maintenanceagent.work.WorkUnit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SpringListenerAdapterTest {

    private static final Object[] NO_MESSAGE = {false};
    private static final Object[] RETURNS = {null};

    private final Enforcement enforcement =
            new Enforcement(new AtomicBoolean(), new ErrorReporter(new PrintStream(new ByteArrayOutputStream())));
    private final WorkGuard guard = new WorkGuard(enforcement, new ErrorReporter(System.err));
    private final SpringListenerAdapter adapter = new SpringListenerAdapter(guard);
    private final Container container = new Container();

    SpringListenerAdapterTest() {
        become(false);
    }

    /** What all of Spring's containers have. */
    public static class Container {
        volatile boolean active = true;
        String mode = "AUTO";

        public Object getMessageListener() {
            return new Orders();
        }

        public String getDestinationName() {
            return "orders";
        }

        public boolean isActive() {
            return active;
        }

        public boolean isRunning() {
            return active;
        }

        public String getAcknowledgeMode() {
            return mode;
        }

        /** A consumer of the direct container. */
        public final class Consumer {
            final AtomicBoolean open = new AtomicBoolean(true);

            public Channel getChannel() {
                return new Channel(open.get(), container());
            }

            private Container container() {
                return Container.this;
            }
        }
    }

    private static final class Orders {}

    /** A channel of RabbitMQ's client. */
    public record Channel(boolean isOpen, Container container) {}

    private void become(boolean on) {
        enforcement.enforce(EffectiveState.of(null, State.of(on), null));
    }

    private Object at(WorkEntryPoint entryPoint, Object... arguments) {
        return adapter.begins(entryPoint, arguments);
    }

    private int inFlight() {
        return guard.snapshot(WorkKind.MESSAGES).inFlight();
    }

    @Test
    void askingContainer_inMaintenance_getsNothing() {
        become(true);
        assertArrayEquals(NO_MESSAGE, (Object[]) at(WorkEntryPoint.JMS_RECEIVE, container));
        assertArrayEquals(NO_MESSAGE, (Object[]) at(WorkEntryPoint.RABBIT_RECEIVE, container));
        assertEquals(0, inFlight());
    }

    /** It may get a message still, which it handles. */
    @Test
    void waitingContainer_isInFlight_fromTheBeginOfMaintenance() {
        for (WorkEntryPoint message :
                new WorkEntryPoint[] {WorkEntryPoint.JMS_MESSAGE, WorkEntryPoint.RABBIT_MESSAGE}) {
            become(false);
            WorkUnit unit = (WorkUnit) at(WorkEntryPoint.JMS_RECEIVE, container);
            assertEquals(0, inFlight());
            become(true);
            assertEquals(1, inFlight());
            assertEquals(
                    Orders.class.getName() + ", orders",
                    guard.snapshot(WorkKind.MESSAGES).oldest());
            become(false);
            BegunWork waiting = (BegunWork) at(message);
            assertNull(waiting.ended(null));
            assertEquals(0, inFlight());
            assertEquals("m", ((BegunWork) at(message)).ended("m"));
            assertEquals(1, inFlight());
            unit.ended(null);
            assertEquals(0, inFlight());
        }
    }

    /** Else Spring's simple container would handle all that its client has in store before it ends. */
    @Test
    void simpleContainer_stoppedInMaintenance_givesItsStoreBack() {
        become(true);
        container.active = false;
        assertInstanceOf(CancellationException.class, at(WorkEntryPoint.RABBIT_RECEIVE, container));
        container.mode = "NONE";
        assertNull(at(WorkEntryPoint.RABBIT_RECEIVE, container));
        assertArrayEquals(NO_MESSAGE, (Object[]) at(WorkEntryPoint.JMS_RECEIVE, container));
    }

    @Test
    void message_givenInMaintenance_isHeldUntilTheEnd() throws Exception {
        for (WorkEntryPoint delivery :
                new WorkEntryPoint[] {WorkEntryPoint.JMS_DELIVERY, WorkEntryPoint.RABBIT_DELIVERY}) {
            become(true);
            BlockingQueue<Object> begun =
                    held(delivery, delivery == WorkEntryPoint.JMS_DELIVERY ? container : container.new Consumer());
            assertEquals(0, inFlight());
            become(false);
            WorkUnit unit = (WorkUnit) begun.poll(10, TimeUnit.SECONDS);
            assertEquals(1, inFlight());
            unit.end();
        }
    }

    @Test
    void message_givenToAContainerThatIsStopped_goesBackToTheBroker() throws Exception {
        become(true);
        BlockingQueue<Object> jms = held(WorkEntryPoint.JMS_DELIVERY, container);
        container.active = false;
        assertInstanceOf(IllegalStateException.class, jms.poll(10, TimeUnit.SECONDS));

        container.active = true;
        BlockingQueue<Object> rabbit = held(WorkEntryPoint.RABBIT_DELIVERY, container.new Consumer());
        container.active = false;
        assertArrayEquals(RETURNS, (Object[]) rabbit.poll(10, TimeUnit.SECONDS));

        container.mode = "NONE"; // the broker has forgotten it
        assertNull(at(WorkEntryPoint.RABBIT_DELIVERY, container.new Consumer()));
    }

    /** It is the broker's again, who sends it once more. */
    @Test
    void message_whoseChannelIsClosed_isNotHandledAtTheEnd() throws Exception {
        become(true);
        Container.Consumer consumer = container.new Consumer();
        BlockingQueue<Object> begun = held(WorkEntryPoint.RABBIT_DELIVERY, consumer);
        consumer.open.set(false);
        assertArrayEquals(RETURNS, (Object[]) begun.poll(10, TimeUnit.SECONDS));
    }

    private BlockingQueue<Object> held(WorkEntryPoint entryPoint, Object first) throws InterruptedException {
        BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        Thread thread = new Thread(() -> answers.add(at(entryPoint, first)));
        thread.setDaemon(true);
        thread.start();
        while (guard.snapshot(WorkKind.MESSAGES).held() == 0) {
            Thread.sleep(1);
        }
        return answers;
    }
}
