package shop;

import java.io.IOException;
import javax.servlet.Servlet;
import javax.servlet.ServletConfig;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;

/** A servlet without any of the API's base classes. */
public final class RawServlet implements Servlet {

    private ServletConfig config;

    @Override
    public void init(ServletConfig config) {
        this.config = config;
    }

    @Override
    public ServletConfig getServletConfig() {
        return config;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws IOException {
        Entries.count();
        Text.send(response, "Served by a raw servlet.\n");
    }

    @Override
    public String getServletInfo() {
        return "raw";
    }

    @Override
    public void destroy() {}
}
