package shop;

import java.io.IOException;
import javax.servlet.AsyncContext;
import javax.servlet.annotation.WebServlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Sends one event, and then none for as long as the client likes. What it is called may be asked for by {@code as}. */
@WebServlet(name = "events", urlPatterns = "/events", asyncSupported = true)
public class EventsServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        String type = request.getParameter("as");
        response.setContentType(type == null ? "text/event-stream;charset=UTF-8" : type);
        response.getWriter().write("data: hello\n\n");
        response.flushBuffer();
    }
}
