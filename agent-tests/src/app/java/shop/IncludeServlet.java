package shop;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Includes another servlet between two lines of its own. */
public final class IncludeServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Entries.count();
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().print("Before.\n");
        request.getRequestDispatcher("/greeting").include(request, response);
        response.getOutputStream().print("After.\n");
    }
}
