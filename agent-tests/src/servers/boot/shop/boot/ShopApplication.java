package shop.boot;

import java.util.EnumSet;
import javax.servlet.DispatcherType;
import javax.servlet.Filter;
import javax.servlet.FilterRegistration;
import javax.servlet.Servlet;
import javax.servlet.ServletContext;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletRegistration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.AsyncCompleteServlet;
import shop.AsyncForwardServlet;
import shop.EntriesServlet;
import shop.MarkFilter;
import shop.NoticeServlet;
import shop.ProtectedServlet;
import shop.RawServlet;
import shop.ReachedServlet;
import shop.SlowServlet;
import shop.StartListener;
import shop.StatusServlet;
import shop.VirtualPathFilter;

/** The application on Spring Boot: the greeting and the static file are Spring's to serve. */
@SpringBootApplication
@RestController
public class ShopApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }

    @GetMapping("/greeting")
    public String greeting() {
        return "Good morning.\n";
    }

    @Bean
    public ServletContextInitializer shop() {
        return context -> {
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
            filter(context, "/virtual/*", new VirtualPathFilter());
            new StartListener().contextInitialized(new ServletContextEvent(context));
        };
    }

    private static void servlet(ServletContext context, String path, Servlet servlet) {
        ServletRegistration.Dynamic registration = context.addServlet(path, servlet);
        registration.setAsyncSupported(true);
        registration.addMapping(path);
    }

    private static void filter(ServletContext context, String pattern, Filter filter) {
        FilterRegistration.Dynamic registration = context.addFilter(pattern, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, pattern);
    }
}
