package shop;

import java.io.IOException;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;

/** Serves paths that no servlet is mapped to, as several frameworks do. */
public final class VirtualPathFilter implements Filter {

    @Override
    public void init(FilterConfig config) {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException {
        Entries.count();
        Text.send(response, "Served by a filter.\n");
    }

    @Override
    public void destroy() {}
}
