package shop;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** An answer that does not fit a buffer: numbered lines, flushed in between, so that half an answer shows. */
public final class LargeServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Entries.count();
        response.setContentType("text/plain;charset=UTF-8");
        for (int line = 1; line <= 4000; line++) {
            response.getOutputStream().print("line " + line + "\n");
            if (line % 1000 == 0) {
                response.flushBuffer();
            }
        }
    }
}
