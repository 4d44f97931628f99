import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.embeddable.EJBContainer;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Properties;

/**
 * A message-driven bean in OpenEJB, which is TomEE's container of beans. Standard input may say {@code send QUEUE
 * VALUE...}, {@code stop}.
 */
final class MdbWorker {

    /** @param arguments the broker's URL */
    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        properties.put("openejb.deployments.classpath.include", ".*MdbWorker.*");
        properties.put("openejb.descriptors.output", "false");
        properties.put("Adapter", "new://Resource?type=ActiveMQResourceAdapter");
        properties.put("Adapter.BrokerXmlConfig", "");
        properties.put("Adapter.ServerUrl", "failover:(" + arguments[0] + ")");
        properties.put("Beans", "new://Container?type=MESSAGE");
        properties.put("Beans.ResourceAdapter", "Adapter");
        EJBContainer container = EJBContainer.createEJBContainer(properties);
        Connection connection = new org.apache.activemq.ActiveMQConnectionFactory(arguments[0]).createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        System.out.println("READY");
        Handler.listen(words -> {
            if (words[0].equals("send")) {
                MessageProducer producer = session.createProducer(session.createQueue(words[1]));
                for (int i = 2; i < words.length; i++) {
                    producer.send(session.createTextMessage(words[i]));
                }
                producer.close();
            } else {
                container.close();
                System.out.println("STOPPED");
            }
        });
        System.exit(0);
    }

    /** The bean. */
    @MessageDriven(
            activationConfig = {
                @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
                @ActivationConfigProperty(propertyName = "destination", propertyValue = "orders"),
                @ActivationConfigProperty(propertyName = "maxSessions", propertyValue = "1")
            })
    public static class Orders implements MessageListener {
        @Override
        public void onMessage(Message message) {
            try {
                Handler.handle(((TextMessage) message).getText() + (message.getJMSRedelivered() ? "-again" : ""));
            } catch (JMSException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
