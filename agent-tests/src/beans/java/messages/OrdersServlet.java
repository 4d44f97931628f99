package messages;

import java.io.IOException;
import javax.annotation.Resource;
import javax.jms.ConnectionFactory;
import javax.jms.JMSContext;
import javax.jms.JMSDestinationDefinition;
import javax.jms.Queue;
import javax.servlet.annotation.WebServlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Sends what {@code /do/TEXT} says; with {@code /entries} it says that it is there. */
@JMSDestinationDefinition(name = "java:app/orders", interfaceName = "javax.jms.Queue", destinationName = "orders")
@WebServlet({"/entries", "/do/*"})
public class OrdersServlet extends HttpServlet {

    @Resource
    private ConnectionFactory factory;

    @Resource(lookup = "java:app/orders")
    private Queue orders;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getPathInfo() != null) {
            try (JMSContext context = factory.createContext()) {
                context.createProducer().send(orders, request.getPathInfo().substring(1));
            }
        }
        response.setContentType("text/plain");
        response.getWriter().write("done\n");
    }
}
