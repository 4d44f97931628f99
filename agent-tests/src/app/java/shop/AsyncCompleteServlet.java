package shop;

import java.io.IOException;
import javax.servlet.AsyncContext;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Answers and completes from another thread, after the gate. */
public final class AsyncCompleteServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        Entries.count();
        String gate = request.getParameter("gate");
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        new Thread(() -> finish(context, gate)).start();
    }

    private static void finish(AsyncContext context, String gate) {
        try {
            if (gate != null) {
                Gate.pass(gate);
            }
            Text.send(context.getResponse(), "Completed elsewhere.\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            context.complete();
        }
    }
}
