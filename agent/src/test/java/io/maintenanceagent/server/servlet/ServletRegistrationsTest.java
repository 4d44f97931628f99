package io.maintenanceagent.server.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServletRegistrationsTest {

    private final Map<String, Object> servlets = new LinkedHashMap<>();
    private final Map<String, Object> filters = new LinkedHashMap<>();

    private static <T> T fake(Class<T> type, Map<String, ?> answers) {
        return type.cast(Proxy.newProxyInstance(
                ServletRegistrationsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "hashCode":
                            return System.identityHashCode(proxy);
                        case "equals":
                            return proxy == arguments[0];
                        default:
                            return answers.get(method.getName());
                    }
                }));
    }

    private void servlet(String name, String... mappings) {
        servlets.put(
                name,
                fake(
                        ServletRegistration.class,
                        Map.of("getName", name, "getClassName", "com.acme." + name, "getMappings", List.of(mappings))));
    }

    private void filter(String className, List<String> patterns, List<String> names) {
        filters.put(
                className,
                fake(
                        FilterRegistration.class,
                        Map.of(
                                "getClassName", className,
                                "getUrlPatternMappings", patterns,
                                "getServletNameMappings", names)));
    }

    private ServletContext context() {
        return fake(
                ServletContext.class, Map.of("getServletRegistrations", servlets, "getFilterRegistrations", filters));
    }

    @ParameterizedTest
    @CsvSource({
        "/exact,exact",
        "/exact/,default",
        "/exactly,default",
        "/a,short",
        "/a/,short",
        "/a/x,short",
        "/a/b,long",
        "/a/b/c/d,long",
        "/a/bc,short",
        "/ab,default",
        "/a/x.do,short",
        "/x.do,action",
        "/x/y.do,action",
        "/x.do/y,default",
        "/x.dot,default",
        "/.do,action",
        "/,root",
        "/*,default",
        "/a/*,short",
        "/x/*,default",
        "/Exact,default",
    })
    void mapsAsTheSpecificationSays(String path, String servlet) {
        servlet("exact", "/exact");
        servlet("short", "/a/*");
        servlet("long", "/a/b/*");
        servlet("action", "*.do");
        servlet("root", "");
        servlet("default", "/");
        assertEquals(servlet, ServletRegistrations.of(context()).servletFor(path));
    }

    @Test
    void aPrefixOfEverythingIsBehindLongerOnes() {
        servlet("all", "/*");
        servlet("a", "/a/*");
        ServletRegistrations registrations = ServletRegistrations.of(context());
        assertEquals("all", registrations.servletFor("/"));
        assertEquals("all", registrations.servletFor("/x.do"));
        assertEquals("a", registrations.servletFor("/a"));
        assertEquals("com.acme.a", registrations.className("a"));
        assertNull(registrations.className("b"));
    }

    @Test
    void knowsNoServletWhereThereIsNone() {
        servlet("a", "/a/*");
        assertNull(ServletRegistrations.of(context()).servletFor("/b"));
    }

    @Test
    void isAskedOnce() {
        ServletContext context = context();
        assertSame(ServletRegistrations.of(context), ServletRegistrations.of(context));
    }

    @ParameterizedTest
    @CsvSource({
        "/virtual/x,default,true",
        "/virtual,default,true",
        "/virtually,default,false",
        "/x.action,default,true",
        "/exact,default,true",
        "/x,default,false",
        "/x,named,true",
    })
    void knowsWhatAFilterCouldServe(String path, String servlet, boolean filtered) {
        filter("com.acme.Filter", List.of("/virtual/*", "*.action", "/exact"), List.of("named"));
        filter("org.apache.tomcat.websocket.server.WsFilter", List.of("/*"), List.of());
        assertEquals(filtered, ServletRegistrations.of(context()).isFiltered(path, servlet));
    }

    @Test
    void anyUnclearFilterCouldServeEverything() {
        filter("com.acme.Filter", List.of("/"), List.of());
        assertEquals(true, ServletRegistrations.of(context()).isFiltered("/x", "default"));
        filters.clear();
        filter("com.acme.Filter", List.of("/*"), List.of());
        assertEquals(true, ServletRegistrations.of(context()).isFiltered("/x", "default"));
        filters.clear();
        filter("com.acme.Filter", List.of(), List.of("*"));
        assertEquals(true, ServletRegistrations.of(context()).isFiltered("/x", "default"));
    }

    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @interface Handed {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface Kept {}

    @Retention(RetentionPolicy.CLASS)
    @interface Quiet {}

    @Handed
    @Kept
    @Quiet
    static class Parent {
        static {
            if (true) {
                throw new AssertionError("nobody has asked for this class");
            }
        }
    }

    static class Child extends Parent {}

    @Test
    void readsAnnotationsWithoutLoadingClasses() {
        ServletRegistrations registrations = ServletRegistrations.of(context());
        String here = ServletRegistrationsTest.class.getName();
        ClassLoader loader = ServletRegistrationsTest.class.getClassLoader();
        assertEquals(
                Set.of(here + "$Handed", here + "$Kept", here + "$Quiet"),
                registrations.annotations(here + "$Parent", loader));
        assertEquals(Set.of(here + "$Handed"), registrations.annotations(here + "$Child", loader));
        assertEquals(Set.of(), registrations.annotations("com.acme.NotThere$$Lambda/1", loader));
        assertEquals(Set.of(), registrations.annotations("java.lang.String", null));
    }
}
