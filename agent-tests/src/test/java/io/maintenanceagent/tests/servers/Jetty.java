package io.maintenanceagent.tests.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Jetty from its archive, with a {@code JETTY_BASE} of its own.
 *
 * @param environment which of Jetty 12's environments the application gets: {@code ee8} to {@code ee11}; the empty
 *     string for a Jetty that has none yet
 * @param uriCompliance which URIs it accepts; the empty string for its default
 */
record Jetty(String environment, String uriCompliance) implements Launch {

    /** A login does not start without one, of any kind. */
    private static final String LOGIN_SERVICE = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://www.eclipse.org/jetty/configure_9_3.dtd">
            <Configure id="Server" class="org.eclipse.jetty.server.Server">
              <Call name="addBean"><Arg>
                <New class="org.eclipse.jetty.security.HashLoginService">
                  <Set name="name">shop</Set>
                  <Set name="userStore"><New class="org.eclipse.jetty.security.UserStore"/></Set>
                </New>
              </Arg></Call>
            </Configure>
            """;

    Jetty(String environment) {
        this(environment, "");
    }

    /** A Jetty 12 that accepts every URI, and whose requests throw when they are asked for an ambiguous path. */
    static Jetty lenient(String environment) {
        return new Jetty(environment, "UNSAFE");
    }

    @Override
    public String agentIn() {
        return "`java -javaagent:… -jar start.jar`";
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        Path base = deployment.directory();
        Files.createDirectories(base.resolve("work"));
        Files.createDirectories(base.resolve("webapps"));
        Setup.write(base.resolve("etc/login.xml"), LOGIN_SERVICE);
        // A file of its own: what follows an environment's module would belong to that environment.
        Setup.write(
                base.resolve("start.d/http.ini"),
                "--module=http",
                "jetty.http.host=" + Deployment.HOST,
                "jetty.http.port=" + deployment.port(),
                uriCompliance.isEmpty() ? "" : "jetty.httpConfig.uriCompliance=" + uriCompliance,
                "etc/login.xml");
        String prefix = environment.isEmpty() ? "" : environment + "-";
        Setup.write(base.resolve("start.d/shop.ini"), "--module=%1$sdeploy,%1$sjsp,%1$sannotations".formatted(prefix));
        deployment.packed(base.resolve("webapps/shop.war"));
        Setup.basicApplication(base.resolve("webapps/basic"));
        return ServerCommand.java(deployment)
                .with("-jar", server.home().resolve("start.jar").toString());
    }
}
