import java.io.BufferedReader;
import java.io.InputStreamReader;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** The same as JmsServer with Artemis, whose port is an argument. */
final class ArtemisServer {

    public static void main(String[] arguments) throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + arguments[0] + "?protocols=CORE"));
        broker.start();
        System.out.println("READY port=" + arguments[0]);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            Queue queue = broker.getActiveMQServer().locateQueue(SimpleString.of(line.split(" ")[1]));
            System.out.println("DONE " + queue.getMessagesAdded() + " " + queue.getMessagesAcknowledged() + " "
                    + queue.getConsumerCount());
        }
        System.exit(0);
    }
}
