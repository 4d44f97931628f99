package shop;

import java.io.IOException;
import java.sql.SQLException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Takes orders, and says that it is well. */
public final class OrdersServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    public void init() throws ServletException {
        try {
            Class.forName("org.postgresql.Driver");
        } catch (ClassNotFoundException noDatabase) {
            // there is none
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String text = request.getServletPath().equals("/health") ? "well\n" : Orders.take();
            response.setContentType("text/plain");
            response.getWriter().write(text);
        } catch (SQLException e) {
            response.sendError(500, e.toString());
        }
    }
}
