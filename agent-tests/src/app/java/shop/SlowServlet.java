package shop;

import java.io.IOException;
import javax.servlet.AsyncContext;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Waits at the gate, with half an answer sent if there is a parameter "begin"; then does what "then" says. */
public final class SlowServlet extends HttpServlet {

    /** An application may have it for long: that must not keep a request in flight. */
    private static volatile AsyncContext kept;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Entries.count();
        if (request.getParameter("begin") != null) {
            response.setContentType("text/plain;charset=UTF-8");
            response.getOutputStream().print("One moment.\n");
            response.flushBuffer();
        }
        Gate.pass(request);
        String then = String.valueOf(request.getParameter("then"));
        switch (then) {
            case "forward":
                request.getRequestDispatcher("/forward").forward(request, response);
                break;
            case "include":
                request.getRequestDispatcher("/include").include(request, response);
                break;
            case "fault":
                throw new ServletException("asked to fail");
            case "async-fault":
                kept = request.startAsync();
                kept.setTimeout(1000); // GlassFish waits for it
                throw new ServletException("asked to fail");
            case "not-found":
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                break;
            default:
                Text.send(response, "Worth the wait.\n");
        }
    }
}
