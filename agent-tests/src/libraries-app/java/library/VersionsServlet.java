package library;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;

/** Puts libraries that agents like to carry themselves to work, and says which ones they are. */
public final class VersionsServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Map<String, String> versions = new TreeMap<String, String>();
        versions.put("jackson", jar(ObjectMapper.class));
        versions.put("byte-buddy", jar(ByteBuddy.class));
        versions.put("made", made());
        response.setContentType("application/json");
        response.getWriter().write(new ObjectMapper().writeValueAsString(versions));
    }

    private static String made() throws ServletException {
        try {
            return (String) new ByteBuddy()
                    .subclass(Callable.class)
                    .method(ElementMatchers.named("call"))
                    .intercept(FixedValue.value("by Byte Buddy"))
                    .make()
                    .load(VersionsServlet.class.getClassLoader())
                    .getLoaded()
                    .getDeclaredConstructor()
                    .newInstance()
                    .call();
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private static String jar(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).getName();
    }
}
