package io.maintenanceagent.work;

/**
 * Finds the application's own first frame on a stack: the first one of a class that is not the JDK's, a driver's, a
 * pool's, a server's or a framework's, and not generated. Pure; safe for any thread.
 */
public final class ApplicationFrame {

    /** What is below any framework. */
    private static final String[] JDK_DRIVERS_POOLS = {
        "java.",
        "javax.",
        "jakarta.",
        "jdk.",
        "sun.",
        "com.sun.",
        "io.maintenanceagent.",
        // drivers, and what stands between a driver and a pool
        "org.postgresql.",
        "org.h2.",
        "org.hsqldb.",
        "org.apache.derby.",
        "com.mysql.",
        "org.mariadb.",
        "oracle.",
        "com.microsoft.sqlserver.",
        "net.sourceforge.jtds.",
        "com.ibm.db2.",
        "org.sqlite.",
        "org.firebirdsql.",
        "com.sap.db.",
        "com.clickhouse.",
        "com.p6spy.",
        "net.ttddyy.dsproxy.",
        // pools
        "com.zaxxer.hikari.",
        "org.apache.commons.dbcp",
        "org.apache.commons.pool",
        "org.apache.tomcat.",
        "com.mchange.",
        "io.agroal.",
        "com.atomikos.",
        "com.arjuna.",
        "com.jolbox.",
        "com.alibaba.druid.",
        "org.vibur.",
        "bitronix."
    };

    private static final String[] SERVERS_FRAMEWORKS = {
        "org.apache.catalina.",
        "org.apache.coyote.",
        "org.apache.tomee.",
        "org.apache.openejb.",
        "org.eclipse.jetty.",
        "io.undertow.",
        "org.jboss.",
        "org.wildfly.",
        "org.glassfish.",
        "fish.payara.",
        "com.ibm.ws.",
        "io.netty.",
        "io.openliberty.",
        "reactor.",
        "io.micronaut.",
        "io.quarkus.",
        "io.smallrye.",
        "io.vertx.",
        "io.helidon.",
        // access to data
        "org.springframework.",
        "org.hibernate.",
        "org.eclipse.persistence.",
        "org.apache.openjpa.",
        "org.apache.ibatis.",
        "org.mybatis.",
        "com.baomidou.",
        "org.jooq.",
        "org.jdbi.",
        "com.querydsl.",
        "io.ebean.",
        "org.apache.commons.dbutils.",
        "org.apache.cayenne.",
        "org.datanucleus.",
        "org.sql2o.",
        // what calls applications, or stands between their classes
        "org.quartz.",
        "org.apache.camel.",
        "org.apache.kafka.",
        "org.apache.activemq.",
        "org.apache.webbeans.",
        "com.google.inject.",
        "org.aopalliance.",
        "org.aspectj.",
        "javassist.",
        "net.bytebuddy.",
        "net.sf.cglib.",
        "kotlin.",
        "kotlinx.",
        "scala.",
        "groovy.",
        "org.codehaus.groovy.",
        "org.apache.groovy.",
        "clojure.",
        "io.opentelemetry.",
        "datadog.",
        "co.elastic.apm.",
        "com.newrelic."
    };

    private ApplicationFrame() {}

    /**
     * Returns the frame.
     *
     * @param stack the innermost frame first
     * @return the frame; where the application has none, the first one of a framework; {@code null} if there is none
     */
    public static StackTraceElement of(StackTraceElement[] stack) {
        StackTraceElement framework = null;
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (isGenerated(name) || beginsWithOneOf(name, JDK_DRIVERS_POOLS)) {
                continue;
            }
            if (!beginsWithOneOf(name, SERVERS_FRAMEWORKS)) {
                return frame;
            }
            if (framework == null) {
                framework = frame;
            }
        }
        return framework;
    }

    /**
     * Returns what people know a frame by: class and method, that of a lambda being the one that it is written in.
     *
     * @param frame a frame
     */
    public static String name(StackTraceElement frame) {
        String method = frame.getMethodName();
        if (method.startsWith("lambda$")) {
            int end = method.lastIndexOf('$');
            method = end > 7 ? method.substring(7, end) : method;
        }
        return frame.getClassName() + "." + method;
    }

    /** A proxy, an enhanced class or a lambda. */
    private static boolean isGenerated(String className) {
        return className.contains("$$") || className.contains("$Proxy") || className.contains("$HibernateProxy");
    }

    private static boolean beginsWithOneOf(String name, String[] prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
