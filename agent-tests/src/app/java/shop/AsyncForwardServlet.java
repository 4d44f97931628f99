package shop;

import java.io.IOException;
import javax.servlet.AsyncContext;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Forwards to the raw servlet on another of the container's threads, after the gate. */
public final class AsyncForwardServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        Entries.count();
        String gate = request.getParameter("gate");
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        context.start(() -> finish(context, gate));
    }

    private static void finish(AsyncContext context, String gate) {
        try {
            if (gate != null) {
                Gate.pass(gate);
            }
            context.getRequest().getRequestDispatcher("/raw").forward(context.getRequest(), context.getResponse());
        } catch (IOException | ServletException e) {
            throw new IllegalStateException(e);
        } finally {
            context.complete();
        }
    }
}
