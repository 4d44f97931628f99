package shop;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import javax.servlet.AsyncContext;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.DispatcherType;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Work of a parameter "kind", for a few milliseconds, that is counted from its beginning to its end. The answer names
 * the parameter "id".
 */
public final class SoakServlet extends HttpServlet {

    private static final int LONGEST_MILLIS = 20;
    private static final int TIMEOUT_MILLIS = 100;

    private static final ExecutorService WORKERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "soak-worker");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String kind = request.getParameter("kind");
        if (kind.equals("watch")) {
            Work.watch(request.getParameter("file"));
            Text.send(response, "watching\n");
        } else if (request.getDispatcherType() == DispatcherType.ASYNC) {
            dispatched(kind, request, response);
        } else if (request.getDispatcherType() == DispatcherType.REQUEST) {
            Work.begin();
            begun(kind, request, response);
        } else {
            answer(request, response);
        }
    }

    private static void begun(String kind, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        switch (kind) {
            case "complete":
                AsyncContext context = start(request);
                String answer = text(request);
                WORKERS.execute(() -> complete(context, answer));
                break;
            case "dispatch":
            case "twice":
            case "outlive":
                AsyncContext dispatching = start(request);
                WORKERS.execute(() -> {
                    work();
                    try {
                        dispatching.dispatch();
                    } catch (IllegalStateException completed) {
                        Work.end(); // by the container, after an error
                    }
                });
                break;
            case "timeout":
                AsyncContext waiting = request.startAsync();
                waiting.setTimeout(TIMEOUT_MILLIS);
                waiting.addListener(new Timeout(text(request)));
                break;
            default:
                try {
                    work();
                    now(kind, request, response);
                } finally {
                    Work.end();
                }
        }
    }

    private static void now(String kind, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        switch (kind) {
            case "fail":
                throw new ServletException("asked to fail");
            case "async-fail":
                request.startAsync().setTimeout(1000); // some containers wait for it
                throw new ServletException("asked to fail");
            case "forward":
                request.getRequestDispatcher("/soak").forward(request, response);
                break;
            case "include":
                request.getRequestDispatcher("/soak").include(request, response);
                break;
            case "stream":
                response.setContentType("text/plain");
                response.getOutputStream().print("soak ");
                response.flushBuffer();
                work();
                response.getOutputStream().print(request.getParameter("id") + "\n");
                break;
            default:
                answer(request, response);
        }
    }

    private static void dispatched(String kind, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (kind) {
            case "twice":
                AsyncContext again = start(request);
                String answer = text(request);
                WORKERS.execute(() -> complete(again, answer));
                break;
            case "outlive":
                // Another thread completes it at any time, and this one is still at work.
                AsyncContext completed = start(request);
                String text = text(request);
                WORKERS.execute(() -> {
                    try {
                        Text.send(completed.getResponse(), text);
                        completed.complete();
                    } catch (IOException | IllegalStateException clientGone) {
                        completeQuietly(completed);
                    }
                });
                work();
                Work.end();
                break;
            default:
                try {
                    work();
                    answer(request, response);
                } finally {
                    Work.end();
                }
        }
    }

    private static AsyncContext start(ServletRequest request) {
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        return context;
    }

    /** What comes after the work may fail: the container completes a request whose client is gone. */
    private static void complete(AsyncContext context, String text) {
        work();
        Work.end();
        try {
            Text.send(context.getResponse(), text);
            context.complete();
        } catch (IOException | IllegalStateException clientGone) {
            completeQuietly(context);
        }
    }

    private static void completeQuietly(AsyncContext context) {
        try {
            context.complete();
        } catch (IllegalStateException completed) {
            // by the container
        }
    }

    private static void answer(ServletRequest request, ServletResponse response) throws IOException {
        Text.send(response, text(request));
    }

    /** Asked for on the container's own threads. */
    private static String text(ServletRequest request) {
        return "soak " + request.getParameter("id") + "\n";
    }

    private static void work() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_MILLIS + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Timeout implements AsyncListener {
        private final String text;

        Timeout(String text) {
            this.text = text;
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            complete(event.getAsyncContext(), text);
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
