package shop.osgi;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.nio.charset.StandardCharsets;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import shop.AsyncCompleteServlet;
import shop.AsyncForwardServlet;
import shop.EntriesServlet;
import shop.GreetingServlet;
import shop.MarkFilter;
import shop.NoticeServlet;
import shop.ProtectedServlet;
import shop.RawServlet;
import shop.ReachedServlet;
import shop.SlowServlet;
import shop.StatusServlet;
import shop.VirtualPathFilter;

/** Registers the application's servlets and filters with the whiteboard. */
public final class ShopActivator implements BundleActivator {

    private static final String WHITEBOARD = "osgi.http.whiteboard.";

    @Override
    public void start(BundleContext context) {
        servlet(context, "/greeting", new GreetingServlet());
        servlet(context, "/raw", new RawServlet());
        servlet(context, "/slow", new SlowServlet());
        servlet(context, "/async-complete", new AsyncCompleteServlet());
        servlet(context, "/async-forward", new AsyncForwardServlet());
        servlet(context, "/entries", new EntriesServlet());
        servlet(context, "/status", new StatusServlet());
        servlet(context, "/notice", new NoticeServlet());
        servlet(context, "/protected/*", new ProtectedServlet());
        servlet(context, "/reached", new ReachedServlet());
        filter(context, "/*", new MarkFilter());
        // The whiteboard asks filters only where there is a servlet behind them.
        servlet(context, "/virtual/*", new RawServlet());
        filter(context, "/virtual/*", new VirtualPathFilter());
        servlet(context, "/lambda/*", new RawServlet());
        filter(context, "/lambda/*", lambda());
        Dictionary<String, Object> resource = new Hashtable<>();
        resource.put(WHITEBOARD + "resource.pattern", "/static.txt");
        resource.put(WHITEBOARD + "resource.prefix", "/static.txt");
        context.registerService(Object.class, new Object(), resource);
    }

    @Override
    public void stop(BundleContext context) {}

    private static Filter lambda() {
        return (request, response, chain) -> {
            byte[] text = "Served by a lambda.\n".getBytes(StandardCharsets.UTF_8);
            response.setContentLength(text.length);
            response.getOutputStream().write(text);
        };
    }

    private static void servlet(BundleContext context, String pattern, Servlet servlet) {
        context.registerService(Servlet.class, servlet, properties("servlet", pattern));
    }

    private static void filter(BundleContext context, String pattern, Filter filter) {
        context.registerService(Filter.class, filter, properties("filter", pattern));
    }

    private static Dictionary<String, Object> properties(String kind, String pattern) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(WHITEBOARD + kind + ".pattern", pattern);
        properties.put(WHITEBOARD + kind + ".asyncSupported", true);
        return properties;
    }
}
