package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Tomcat from its archive, with a {@code CATALINA_BASE} of its own. */
final class Tomcat implements Launch {

    /**
     * Added to Tomcat's own policy: what the agent needs, and what the application needs to wait at a gate, and for
     * Tomcat's {@code AsyncContext.start}, which loads a class of its package on the application's behalf.
     */
    private static final String GRANTS = """
            grant codeBase "file:%s" {
              permission java.security.AllPermission;
            };
            grant codeBase "file:${catalina.base}/webapps/shop/-" {
              permission java.io.FilePermission "<<ALL FILES>>", "read,write";
              permission java.lang.RuntimePermission "accessClassInPackage.org.apache.catalina.core";
            };
            """;

    private final boolean secure;

    Tomcat() {
        this(false);
    }

    private Tomcat(boolean secure) {
        this.secure = secure;
    }

    /** Under a security manager, with the policy that Tomcat brings. */
    static Tomcat underSecurityManager() {
        return new Tomcat(true);
    }

    @Override
    public String agentIn() {
        return "`CATALINA_OPTS`";
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        Path base = deployment.directory();
        Setup.copy(server.home().resolve("conf"), base.resolve("conf"));
        Path configuration = base.resolve("conf/server.xml");
        Setup.replace(
                configuration,
                "port=\"8080\"",
                "address=\"" + Deployment.HOST + "\" port=\"" + deployment.port() + "\"");
        Setup.replace(configuration, "port=\"8005\"", "port=\"-1\"");
        for (String name : new String[] {"logs", "temp", "work", "webapps"}) {
            Files.createDirectories(base.resolve(name));
        }
        deployment.packed(base.resolve("webapps/shop.war"));
        Setup.basicApplication(base.resolve("webapps/basic"));
        if (secure) {
            Path policy = base.resolve("conf/catalina.policy");
            Files.writeString(policy, "\n" + GRANTS.formatted(Project.agentJar()), StandardOpenOption.APPEND);
        }
        return ServerCommand.script(deployment, server.home().resolve("bin/catalina.sh"))
                .with(secure ? new String[] {"run", "-security"} : new String[] {"run"})
                .environment("CATALINA_BASE", base)
                .environment("CATALINA_OPTS", String.join(" ", deployment.jvmOptions()));
    }
}
