package messages;

import beans.Ran;
import javax.ejb.ActivationConfigProperty;
import javax.ejb.MessageDriven;
import javax.jms.JMSException;
import javax.jms.Message;
import javax.jms.MessageListener;
import javax.jms.TextMessage;

/** A message-driven bean. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "javax.jms.Queue"),
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = "java:app/orders")
        })
public class Orders implements MessageListener {

    @Override
    public void onMessage(Message message) {
        try {
            Ran.run(((TextMessage) message).getText() + (message.getJMSRedelivered() ? "-again" : ""));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
