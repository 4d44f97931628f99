package shop;

import java.util.EnumSet;
import javax.servlet.DispatcherType;
import javax.servlet.Filter;
import javax.servlet.FilterConfig;
import javax.servlet.FilterRegistration;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;

/** Registers the filter that is a lambda: it has no class file that a weaver could see. */
public final class StartListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Serving lambda = (request, response, chain) -> {
            Entries.count();
            Text.send(response, "Served by a lambda.\n");
        };
        FilterRegistration.Dynamic registration = event.getServletContext().addFilter("lambda", lambda);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/lambda/*");
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {}

    /** A filter with one method, as it is since Servlet 4.0. */
    private interface Serving extends Filter {

        @Override
        default void init(FilterConfig config) {}

        @Override
        default void destroy() {}
    }
}
