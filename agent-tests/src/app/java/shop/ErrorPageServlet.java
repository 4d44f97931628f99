package shop;

import java.io.IOException;
import javax.servlet.RequestDispatcher;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** The application's page for errors. */
public final class ErrorPageServlet extends HttpServlet {

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Entries.count();
        Text.send(response, "Sorry: " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) + ".\n");
    }
}
