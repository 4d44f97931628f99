import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.api.LoginConfig;
import io.undertow.servlet.api.SecurityConstraint;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.WebResourceCollection;
import java.io.File;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Paths;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EventListener;
import java.util.List;
import java.util.Set;
import javax.servlet.DispatcherType;
import javax.servlet.Filter;
import javax.servlet.Servlet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Embedded Undertow. It has no deployer of its own, so this reads what the application's web.xml says about listeners,
 * filters, servlets, error pages and logins; JSPs are left out. Arguments: exploded WAR, context path, and a port
 * unless any will do. System property {@code forwarding=true}: Undertow reads forwarding headers itself.
 */
final class UndertowLauncher {

    private final DeploymentInfo deployment = new DeploymentInfo();
    private final ClassLoader loader;
    private final Document descriptor;

    private UndertowLauncher(File war) throws Exception {
        List<URL> classPath = new ArrayList<>(
                List.of(new File(war, "WEB-INF/classes/").toURI().toURL()));
        File[] libraries = new File(war, "WEB-INF/lib").listFiles();
        for (File library : libraries == null ? new File[0] : libraries) {
            classPath.add(library.toURI().toURL());
        }
        loader = new URLClassLoader(classPath.toArray(new URL[0]), UndertowLauncher.class.getClassLoader());
        descriptor = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File(war, "WEB-INF/web.xml"));
        deployment.setClassLoader(loader);
        deployment.setDeploymentName("shop");
        deployment.setResourceManager(new PathResourceManager(war.toPath()));
        deployment.addWelcomePage("index.html");
    }

    public static void main(String[] args) throws Exception {
        DeploymentInfo deployment =
                new UndertowLauncher(new File(args[0]).getAbsoluteFile()).read().setContextPath(args[1]);
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
        manager.deploy();
        Undertow undertow = Undertow.builder()
                .addHttpListener(args.length > 2 ? Integer.parseInt(args[2]) : 0, "127.0.0.1")
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setHandler(forwarded(Handlers.header(
                        Handlers.path()
                                .addPrefixPath(args[1], manager.start())
                                .addExactPath("/moved", Handlers.redirect(args[1] + "/"))
                                .addPrefixPath(
                                        "/files",
                                        Handlers.resource(new PathResourceManager(Paths.get(args[0], "WEB-INF")))),
                        "Strict-Transport-Security",
                        "max-age=1")))
                .build();
        undertow.start();
        Launcher.ready(((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort());
    }

    private static HttpHandler forwarded(HttpHandler handler) {
        return Boolean.getBoolean("forwarding") ? Handlers.proxyPeerAddress(handler) : handler;
    }

    private DeploymentInfo read() throws ClassNotFoundException {
        for (Element listener : all("listener")) {
            deployment.addListener(new ListenerInfo(named(listener, "listener-class", EventListener.class)));
        }
        for (Element filter : all("filter")) {
            deployment.addFilter(
                    Servlets.filter(text(filter, "filter-name"), named(filter, "filter-class", Filter.class))
                            .setAsyncSupported(true));
        }
        for (Element mapping : all("filter-mapping")) {
            deployment.addFilterUrlMapping(
                    text(mapping, "filter-name"), text(mapping, "url-pattern"), DispatcherType.REQUEST);
        }
        for (Element servlet : all("servlet")) {
            String name = text(servlet, "servlet-name");
            ServletInfo info = Servlets.servlet(name, named(servlet, "servlet-class", Servlet.class));
            deployment.addServlet(info.setAsyncSupported(true));
            for (Element mapping : all("servlet-mapping")) {
                if (text(mapping, "servlet-name").equals(name)) {
                    info.addMapping(text(mapping, "url-pattern"));
                }
            }
        }
        for (Element page : all("error-page")) {
            int code = Integer.parseInt(text(page, "error-code"));
            deployment.addErrorPage(new ErrorPage(text(page, "location"), code));
        }
        for (Element login : all("login-config")) {
            List<Element> form = all(login, "form-login-page");
            deployment.setIdentityManager(new Customers());
            deployment.setLoginConfig(
                    form.isEmpty()
                            ? new LoginConfig(text(login, "auth-method"), "shop")
                            : new LoginConfig(
                                    "FORM", "shop", text(login, "form-login-page"), text(login, "form-error-page")));
        }
        for (Element constraint : all("security-constraint")) {
            WebResourceCollection resources = new WebResourceCollection();
            all(constraint, "url-pattern").forEach(pattern -> resources.addUrlPattern(pattern.getTextContent()));
            deployment.addSecurityConstraint(new SecurityConstraint()
                    .addWebResourceCollection(resources)
                    .addRoleAllowed(text(constraint, "role-name")));
        }
        return deployment;
    }

    private List<Element> all(String tag) {
        return all(descriptor.getDocumentElement(), tag);
    }

    private static List<Element> all(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String text(Element parent, String tag) {
        return parent.getElementsByTagName(tag).item(0).getTextContent().trim();
    }

    private <T> Class<? extends T> named(Element parent, String tag, Class<T> type) throws ClassNotFoundException {
        return loader.loadClass(text(parent, tag)).asSubclass(type);
    }

    /** Alice is one, and her password is her name. */
    private static final class Customers implements IdentityManager {

        @Override
        public Account verify(Account account) {
            return account;
        }

        @Override
        public Account verify(String id, Credential credential) {
            boolean isAlice = id.equals("alice")
                    && credential instanceof PasswordCredential
                    && Arrays.equals(((PasswordCredential) credential).getPassword(), id.toCharArray());
            return isAlice ? new Customer() : null;
        }

        @Override
        public Account verify(Credential credential) {
            return null;
        }
    }

    private static final class Customer implements Account {

        @Override
        public Principal getPrincipal() {
            return () -> "alice";
        }

        @Override
        public Set<String> getRoles() {
            return Set.of("customer");
        }
    }
}
