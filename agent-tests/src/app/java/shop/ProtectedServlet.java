package shop;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Counts how often it is reached, by any method, but for what is plainly below {@code /protected/open}. */
public final class ProtectedServlet extends HttpServlet {

    private static final AtomicInteger REACHED = new AtomicInteger();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path != null && path.matches("/open/[a-z]*")) {
            Text.send(response, "Open.\n");
            return;
        }
        REACHED.incrementAndGet();
        Text.send(response, "Protected.\n");
    }

    static int reached() {
        return REACHED.get();
    }
}
