import java.io.File;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.springframework.http.server.reactive.TomcatHttpHandlerAdapter;

/** The reactive application on Tomcat, as a servlet. */
final class WebFluxTomcatLauncher {

    private WebFluxTomcatLauncher() {}

    public static void main(String[] args) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("/shop", null);
        Wrapper servlet = Tomcat.addServlet(context, "webflux", new TomcatHttpHandlerAdapter(WebFluxShop.handler()));
        servlet.setAsyncSupported(true);
        context.addServletMappingDecoded("/", "webflux");
        tomcat.start();
        Launcher.ready(tomcat.getConnector().getLocalPort());
    }
}
