package shop;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** The login page and its error page; a GET or, forwarded by the container, any other method. */
public final class LoginServlet extends HttpServlet {

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Entries.count();
        Text.send(response, request.getParameter("failed") == null ? "Please log in.\n" : "Wrong password.\n");
    }
}
