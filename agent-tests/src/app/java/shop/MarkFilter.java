package shop;

import java.io.IOException;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** In front of everything: marks the response, and holds a request with the header X-Gate before the chain goes on. */
public final class MarkFilter implements Filter {

    @Override
    public void init(FilterConfig config) {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (!http.getRequestURI().endsWith("/entries")) {
            Entries.count();
        }
        ((HttpServletResponse) response).setHeader("X-Shop", "open");
        String gate = http.getHeader("X-Gate");
        if (gate != null) {
            Gate.pass(gate);
        }
        chain.doFilter(request, response);
    }

    @Override
    public void destroy() {}
}
