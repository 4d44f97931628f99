package shop;

import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Goes asynchronous and never comes back; the container ends it after half a second. */
public final class AsyncTimeoutServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        Entries.count();
        request.startAsync().setTimeout(500);
    }
}
