package market;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** A server and its one servlet. Says where it listens, and ends with its standard input. */
public final class Market {

    private Market() {}

    public static void main(String[] args) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("/market", null);
        Tomcat.addServlet(context, "stall", new Stall());
        context.addServletMappingDecoded("/stall", "stall");
        tomcat.start();
        System.out.println("READY port=" + connector.getLocalPort());
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    private static final class Stall extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("Apples, from the " + Market.class.getModule());
        }
    }
}
