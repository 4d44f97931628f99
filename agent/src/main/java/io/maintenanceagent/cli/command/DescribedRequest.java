package io.maintenanceagent.cli.command;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.cli.terminal.UsageException;
import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request that command line options describe. Not thread-safe. */
final class DescribedRequest implements RequestView {

    private static final Pattern URL = Pattern.compile("(?:(?i)(https?)://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):\\s*(.*?)\\s*");

    private final String method;
    private final boolean secure;
    private final String uri;
    private final String query;
    private final Map<String, List<String>> headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    private String path;
    private String host;
    private String context = "";
    private String address = "";
    private String servlet;
    private final Set<String> annotations = new HashSet<String>();
    private final Set<String> roles = new HashSet<String>();

    /**
     * @param method the method
     * @param url {@code http://host/path} or {@code /path}
     */
    DescribedRequest(String method, String url) throws UsageException {
        if (!method.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new UsageException("the method is \"" + method + "\"; allowed: GET, POST and the like");
        }
        Matcher parts = URL.matcher(url);
        if (!parts.matches() || parts.group(1) == null && !url.startsWith("/")) {
            throw new UsageException(
                    "the URL is \"" + url + "\"; allowed: http://host/path, https://host/path or /path");
        }
        this.method = method;
        this.secure = "https".equalsIgnoreCase(parts.group(1));
        this.host = parts.group(2) == null ? "localhost" : withoutPort(parts.group(2));
        this.uri = parts.group(3).isEmpty() ? "/" : parts.group(3);
        this.query = parts.group(4);
        this.path = routed(uri);
    }

    private static String withoutPort(String authority) {
        String place = authority.substring(authority.lastIndexOf('@') + 1);
        return place.replaceFirst(":\\d*$", "");
    }

    /** Returns the path that a container routes by: removes parameters, decodes, then resolves dot segments. */
    private static String routed(String uri) throws UsageException {
        Deque<String> segments = new ArrayDeque<String>();
        String[] parts = uri.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            String segment = decoded(parts[i].replaceFirst(";.*", ""));
            boolean last = i == parts.length - 1;
            if (segment.equals("..")) {
                segments.pollLast(); // above the root some servers stay there, and others answer with 400
            }
            if (!segment.equals("..") && !segment.equals(".")) {
                segments.addLast(segment);
            } else if (last) {
                segments.addLast("");
            }
        }
        return "/" + String.join("/", segments);
    }

    private static String decoded(String segment) throws UsageException {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), "UTF-8");
        } catch (IllegalArgumentException e) {
            throw new UsageException("\"" + segment + "\" is not percent-encoded; servers answer it with 400");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param line {@code Name: value} */
    void addHeader(String line) throws UsageException {
        Matcher header = HEADER.matcher(line);
        if (!header.matches()) {
            throw new UsageException("--header is \"" + line + "\"; allowed: \"Name: value\"");
        }
        String name = header.group(1);
        headers.computeIfAbsent(name, any -> new ArrayList<String>()).add(header.group(2));
        if (name.toLowerCase(Locale.ROOT).equals("host")) {
            host = withoutPort(header.group(2));
        }
    }

    /**
     * @param contextPath the application's context path; the request's path has to begin with it, with or without empty
     *     segments
     */
    void setContext(String contextPath) throws UsageException {
        if (!(path.replaceAll("/+", "/") + "/").startsWith(contextPath + "/")) {
            throw new UsageException("--context " + contextPath + " is not where " + path + " begins");
        }
        context = contextPath;
    }

    /** @param file the name of the file that the container serves for the directory that is asked for */
    void setWelcomeFile(String file) throws UsageException {
        if (!path.endsWith("/") || file.isEmpty() || file.startsWith("/")) {
            throw new UsageException("--welcome-file is \"" + file + "\" of " + path
                    + "; allowed: a file's name, like index.html, of a URL with a slash at its end");
        }
        path = path.replaceAll("/+", "/") + file;
    }

    void setAddress(String value) {
        address = value;
    }

    void setServlet(String nameOrClass) {
        servlet = nameOrClass;
    }

    void addAnnotation(String className) {
        annotations.add(className);
    }

    void addRole(String role) {
        roles.add(role);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String contextPath() {
        return context;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = headers.get(name);
        return values == null ? Collections.<String>emptyList() : values;
    }

    @Override
    public String requestUri() {
        return uri;
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public String remoteAddress() {
        return address;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public boolean isUserInRole(String role) {
        return roles.contains(role);
    }

    @Override
    public String servletName() {
        return servlet;
    }

    @Override
    public String servletClass() {
        return servlet;
    }

    @Override
    public Collection<String> servletAnnotations() {
        return annotations;
    }
}
