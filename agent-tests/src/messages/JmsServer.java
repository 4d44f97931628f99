import java.io.BufferedReader;
import java.io.InputStreamReader;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.command.ActiveMQQueue;

/**
 * ActiveMQ in a JVM of its own, which keeps nothing on disk. Standard input may say {@code counts QUEUE}; the answer is
 * {@code DONE enqueued acknowledged consumers}.
 */
final class JmsServer {

    public static void main(String[] arguments) throws Exception {
        BrokerService broker = new BrokerService();
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.setUseShutdownHook(false);
        broker.addConnector("tcp://127.0.0.1:0");
        broker.start();
        broker.waitUntilStarted();
        System.out.println("READY port="
                + broker.getTransportConnectors().get(0).getConnectUri().getPort());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            Destination queue = broker.getDestination(new ActiveMQQueue(line.split(" ")[1]));
            System.out.println(
                    "DONE " + queue.getDestinationStatistics().getEnqueues().getCount() + " "
                            + queue.getDestinationStatistics().getDequeues().getCount() + " "
                            + queue.getConsumers().size());
        }
        System.exit(0);
    }
}
