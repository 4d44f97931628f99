import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.TextMessage;
import org.springframework.jms.connection.SingleConnectionFactory;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.jms.listener.AbstractMessageListenerContainer;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.jms.listener.SimpleMessageListenerContainer;

/**
 * Spring's containers for JMS, unmodified: one that asks for messages, one that is given them. Standard input may say
 * {@code send QUEUE VALUE...}, {@code stop}.
 */
final class JmsWorker implements MessageListener {

    /** @param arguments the broker's URL, whether sessions are transacted, and the queues of the two containers */
    public static void main(String[] arguments) throws Exception {
        ConnectionFactory connections = new SingleConnectionFactory(connections(arguments[0]));
        boolean transacted = Boolean.parseBoolean(arguments[1]);
        AbstractMessageListenerContainer asking = new DefaultMessageListenerContainer();
        AbstractMessageListenerContainer given = new SimpleMessageListenerContainer();
        start(asking, connections(arguments[0]), arguments[2], transacted);
        start(given, connections(arguments[0]), arguments[3], transacted);
        JmsTemplate template = new JmsTemplate(connections);
        System.out.println("READY");
        Handler.listen(words -> {
            if (words[0].equals("send")) {
                for (int i = 2; i < words.length; i++) {
                    String text = words[i];
                    template.send(words[1], session -> session.createTextMessage(text));
                }
            } else {
                asking.shutdown();
                given.shutdown();
                System.out.println("STOPPED");
            }
        });
        System.exit(0);
    }

    private static ConnectionFactory connections(String url) {
        return new org.apache.activemq.ActiveMQConnectionFactory(url);
    }

    private static void start(
            AbstractMessageListenerContainer container,
            ConnectionFactory connections,
            String queue,
            boolean transacted) {
        container.setConnectionFactory(connections);
        container.setDestinationName(queue);
        container.setSessionTransacted(transacted);
        container.setMessageListener(new JmsWorker());
        container.afterPropertiesSet();
        container.start();
    }

    @Override
    public void onMessage(Message message) {
        try {
            Handler.handle(((TextMessage) message).getText() + (message.getJMSRedelivered() ? "-again" : ""));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
