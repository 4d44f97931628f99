package beans;

import java.io.IOException;
import javax.ejb.EJB;
import javax.servlet.annotation.WebServlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Does as it is told, by {@code /do/METHOD/NAME/MILLIS}; with {@code /entries} it says that it is there. */
@WebServlet({"/entries", "/do/*"})
public class BeansServlet extends HttpServlet {

    @EJB
    private Jobs jobs;

    @EJB
    private Timing classic;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getPathInfo() != null) {
            String[] words = request.getPathInfo().split("/");
            tell(words[1], words[2], words.length > 3 ? Long.parseLong(words[3]) : 0);
        }
        response.setContentType("text/plain");
        response.getWriter().write("done\n");
    }

    private void tell(String method, String name, long millis) {
        switch (method) {
            case "once":
                jobs.once(name, millis);
                break;
            case "every":
                jobs.every(name, millis);
                break;
            case "calendar":
                jobs.calendar(name);
                break;
            case "onceByCalendar":
                jobs.onceByCalendar(name, millis);
                break;
            case "classic":
                classic.once(name, millis);
                break;
            case "cancel":
                jobs.cancel(name);
                break;
            default:
                throw new IllegalArgumentException(method);
        }
    }
}
