package shop;

import java.io.IOException;
import javax.servlet.AsyncContext;
import javax.servlet.DispatcherType;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Goes asynchronous, dispatches to itself, and goes asynchronous again before the gate; with a parameter "work" it
 * comes to the gate itself, when another thread has completed it.
 */
public final class AsyncTwiceServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Entries.count();
        String gate = request.getParameter("gate");
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        if (request.getDispatcherType() == DispatcherType.ASYNC && request.getParameter("work") != null) {
            Thread completing = new Thread(() -> finish(context, null));
            completing.start();
            join(completing);
            Gate.pass(gate);
        } else if (request.getDispatcherType() == DispatcherType.ASYNC) {
            new Thread(() -> finish(context, gate)).start();
        } else {
            context.dispatch();
        }
    }

    private static void join(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void finish(AsyncContext context, String gate) {
        try {
            if (gate != null) {
                Gate.pass(gate);
            }
            Text.send(context.getResponse(), "Twice.\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            context.complete();
        }
    }
}
