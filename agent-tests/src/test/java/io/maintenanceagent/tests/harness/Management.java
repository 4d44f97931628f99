package io.maintenanceagent.tests.harness;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The agent's MBean in another JVM, as JConsole gets at it. Close it. */
public final class Management implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final JMXConnector connector;
    private final MBeanServerConnection server;
    private final ObjectName name;

    private Management(JMXConnector connector) throws IOException, JMException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
        this.name = new ObjectName("io.maintenanceagent:type=Maintenance");
    }

    /** Connects, and waits for the MBean, which comes a moment after the first request. */
    public static Management of(ServerProcess process) {
        return of(process.process());
    }

    /** The same of any JVM. */
    public static Management of(JavaProcess process) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            String address;
            try {
                address = machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
            Management management = new Management(JMXConnectorFactory.connect(new JMXServiceURL(address)));
            Await.until(LIMIT, () -> "no MBean" + process, management::isRegistered);
            return management;
        } catch (Exception e) {
            throw new IllegalStateException("no management of " + process, e);
        }
    }

    /** Whether the MBean is there. */
    public boolean isRegistered() {
        try {
            return server.isRegistered(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An attribute's value; {@code null} if the MBean is not there. */
    public Object get(String attribute) {
        try {
            return server.getAttribute(name, attribute);
        } catch (InstanceNotFoundException gone) {
            return null;
        } catch (JMException | IOException e) {
            throw new IllegalStateException(attribute, e);
        }
    }

    /** Waits until so many requests are in flight. */
    public void awaitInFlight(int expected) {
        Await.until(
                LIMIT,
                () -> "in flight: " + get("InFlight") + ", not " + expected,
                () -> get("InFlight").equals(expected));
    }

    /** All attributes and their values. */
    public List<String> all() {
        try {
            List<String> all = new ArrayList<>();
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                Object value = server.getAttribute(name, attribute.getName());
                all.add(attribute.getName() + "="
                        + (value instanceof Object[] list ? Arrays.deepToString(list) : String.valueOf(value)));
            }
            return all;
        } catch (JMException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls an operation; an argument is a text, and may be {@code null}. */
    public void call(String operation, String... arguments) {
        String[] types = new String[arguments.length];
        java.util.Arrays.fill(types, String.class.getName());
        try {
            server.invoke(name, operation, arguments, types);
        } catch (JMException | IOException e) {
            throw new IllegalStateException(operation, e);
        }
    }

    /** Tells a listener of each notification. */
    public void listen(NotificationListener listener) {
        try {
            server.addNotificationListener(name, listener, null, null);
        } catch (JMException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException serverIsGone) {
            // nothing is left to close
        }
    }
}
