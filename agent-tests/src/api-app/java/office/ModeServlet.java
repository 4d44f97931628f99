package office;

import io.maintenanceagent.api.MaintenanceMode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Does what its caller says with the API: {@code ?do=on&message=…}, {@code ?do=off} for the newest, {@code ?do=ask}.
 */
public final class ModeServlet extends HttpServlet {

    private final Deque<MaintenanceMode> open = new ArrayDeque<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getParameter("do")) {
            case "on":
                String message = request.getParameter("message");
                open.push(message == null ? MaintenanceMode.on() : MaintenanceMode.on(message));
                break;
            case "off":
                open.pop().close();
                break;
            default:
        }
        response.setContentType("text/plain");
        response.getWriter().print(MaintenanceMode.isOn());
    }
}
