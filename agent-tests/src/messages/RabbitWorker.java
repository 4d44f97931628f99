import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/**
 * Spring's containers for RabbitMQ, unmodified: {@code simple} and {@code direct}, on queues of these names. Standard
 * input may say {@code send QUEUE VALUE...}, {@code stop}.
 */
final class RabbitWorker implements MessageListener {

    /** @param arguments the server's port */
    public static void main(String[] arguments) throws Exception {
        CachingConnectionFactory connections =
                new CachingConnectionFactory("127.0.0.1", Integer.parseInt(arguments[0]));
        RabbitAdmin admin = new RabbitAdmin(connections);
        SimpleMessageListenerContainer simple = new SimpleMessageListenerContainer(connections);
        start(simple, admin, "simple");
        AbstractMessageListenerContainer direct = direct(connections);
        if (direct != null) {
            start(direct, admin, "direct");
        }
        RabbitTemplate template = new RabbitTemplate(connections);
        System.out.println("READY");
        Handler.listen(words -> {
            if (words[0].equals("send")) {
                for (int i = 2; i < words.length; i++) {
                    template.convertAndSend(words[1], words[i]);
                }
            } else {
                simple.stop();
                if (direct != null) {
                    direct.stop();
                }
                System.out.println("STOPPED");
            }
        });
        connections.destroy();
        System.exit(0);
    }

    /** Since version 2. */
    private static AbstractMessageListenerContainer direct(CachingConnectionFactory connections) throws Exception {
        try {
            return (AbstractMessageListenerContainer)
                    Class.forName("org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer")
                            .getConstructor(org.springframework.amqp.rabbit.connection.ConnectionFactory.class)
                            .newInstance(connections);
        } catch (ClassNotFoundException before) {
            return null;
        }
    }

    private static void start(AbstractMessageListenerContainer container, RabbitAdmin admin, String queue) {
        admin.declareQueue(new Queue(queue, false));
        container.setQueueNames(queue);
        container.setMessageListener(new RabbitWorker());
        container.afterPropertiesSet();
        container.start();
    }

    @Override
    public void onMessage(Message message) {
        boolean again = Boolean.TRUE.equals(message.getMessageProperties().isRedelivered());
        Handler.handle(new String(message.getBody()) + (again ? "-again" : ""));
    }
}
