package io.maintenanceagent.server.servlet;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.UncheckedCall;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servlets and filters of one application, by name, asked of its {@code ServletContext} once: after its start they
 * do not change. Holds texts only, so that it keeps no application in memory. Servlet 3.0 and later. Safe for any
 * thread.
 */
final class ServletRegistrations {

    private static final Map<Object, ServletRegistrations> KNOWN = new WeakHashMap<Object, ServletRegistrations>();

    private final Map<String, String> classes = new HashMap<String, String>();
    private final Map<String, String> servlets = new HashMap<String, String>();
    private final List<Filter> filters = new ArrayList<Filter>();
    private final Map<String, Set<String>> annotations = new ConcurrentHashMap<String, Set<String>>();

    /**
     * @param context a {@code ServletContext}
     * @return what is registered in it
     */
    static ServletRegistrations of(Object context) {
        synchronized (KNOWN) {
            ServletRegistrations known = KNOWN.get(context);
            if (known == null) {
                known = new ServletRegistrations(context);
                KNOWN.put(context, known);
            }
            return known;
        }
    }

    private ServletRegistrations(Object context) {
        ServletMethods api = ServletMethods.of(context.getClass(), "servlet.ServletContext");
        for (Object servlet : map(context, api, "getServletRegistrations").values()) {
            ServletMethods registration = ServletMethods.of(servlet.getClass(), "servlet.ServletRegistration");
            String name = (String) call(servlet, registration, "getName");
            classes.put(name, (String) call(servlet, registration, "getClassName"));
            for (Object pattern : all(servlet, registration, "getMappings")) {
                servlets.put((String) pattern, name);
            }
        }
        for (Object filter : map(context, api, "getFilterRegistrations").values()) {
            ServletMethods registration = ServletMethods.of(filter.getClass(), "servlet.FilterRegistration");
            filters.add(new Filter(
                    (String) call(filter, registration, "getClassName"),
                    all(filter, registration, "getUrlPatternMappings"),
                    all(filter, registration, "getServletNameMappings")));
        }
    }

    private static Map<?, ?> map(Object target, ServletMethods api, String getter) {
        Object value = call(target, api, getter);
        return value == null ? Collections.emptyMap() : (Map<?, ?>) value;
    }

    private static Collection<?> all(Object target, ServletMethods api, String getter) {
        Object value = call(target, api, getter);
        return value == null ? Collections.emptyList() : new ArrayList<Object>((Collection<?>) value);
    }

    private static Object call(Object target, ServletMethods api, String getter) {
        MethodHandle method = api.method(getter, methodType(Object.class, Object.class));
        if (method == null) {
            return null;
        }
        try {
            return (Object) method.invokeExact(target);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** The class name of a servlet, or {@code null} if it is not known. */
    String className(String servlet) {
        return classes.get(servlet);
    }

    /**
     * The servlet that a path within the application is mapped to, by the rules of the Servlet specification (section
     * 12.1 in every version): exactly, by the longest prefix, by extension, by default.
     *
     * @return its name, or {@code null} if it is not registered
     */
    String servletFor(String path) {
        String found = path.equals("/") ? servlets.get("") : path.endsWith("/*") ? null : servlets.get(path);
        for (int end = path.length(); end >= 0 && found == null; end = path.lastIndexOf('/', end - 1)) {
            found = servlets.get(path.substring(0, end) + "/*");
        }
        if (found == null) {
            int dot = path.lastIndexOf('.');
            found = dot > path.lastIndexOf('/') ? servlets.get("*" + path.substring(dot)) : null;
        }
        return found == null ? servlets.get("/") : found;
    }

    /** The names of a class's annotations, read once. */
    Set<String> annotations(String className, ClassLoader loader) {
        Set<String> names = annotations.get(className);
        if (names == null) {
            try {
                names = AnnotationNames.of(className, loader);
            } catch (IOException e) {
                throw new IllegalStateException("the class file of " + className + " cannot be read", e);
            }
            annotations.put(className, names);
        }
        return names;
    }

    /** Whether there is a filter that could serve a path within the application that is mapped to a servlet. */
    boolean isFiltered(String path, String servlet) {
        for (Filter filter : filters) {
            if (filter.mayServe(path, servlet)) {
                return true;
            }
        }
        return false;
    }

    private static final class Filter {
        private final boolean neverServes;
        private final Collection<?> patterns;
        private final Collection<?> servlets;

        Filter(String className, Collection<?> patterns, Collection<?> servlets) {
            this.neverServes = className != null && isKnownNeverToServe(className);
            this.patterns = patterns;
            this.servlets = servlets;
        }

        /** Filters that containers and frameworks put in front of everything; the WebSocket ones need an upgrade. */
        private static boolean isKnownNeverToServe(String className) {
            return className.equals("org.apache.tomcat.websocket.server.WsFilter")
                    || className.startsWith("org.eclipse.jetty.") && className.endsWith(".WebSocketUpgradeFilter")
                    || className.equals("org.apache.catalina.filters.SetCharacterEncodingFilter")
                    || className.equals("org.springframework.web.filter.CharacterEncodingFilter");
        }

        boolean mayServe(String path, String servlet) {
            if (neverServes) {
                return false;
            }
            if (servlets.contains(servlet) || servlets.contains("*")) {
                return true;
            }
            for (Object pattern : patterns) {
                if (mayMatch((String) pattern, path)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean mayMatch(String pattern, String path) {
            if (pattern.endsWith("/*")) {
                String prefix = pattern.substring(0, pattern.length() - 2);
                return path.equals(prefix) || path.startsWith(prefix + "/");
            }
            if (pattern.startsWith("*.")) {
                return path.endsWith(pattern.substring(1));
            }
            // What "/" and "" mean to a filter, containers do not agree about.
            return pattern.length() <= 1 || path.equals(pattern);
        }
    }
}
