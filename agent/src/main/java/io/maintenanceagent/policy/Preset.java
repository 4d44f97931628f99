package io.maintenanceagent.policy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Well-known paths that programs request. They are exact, for GET and HEAD only (gRPC knows nothing but POST): a front
 * controller may route by a prefix, the last segment or an extension of a path that passes.
 */
enum Preset {
    /** OpenAPI documents, and the files that Swagger UI 3 to 5 ships. */
    DOCS(
            "docs",
            "/v3/api-docs",
            "/v3/api-docs.yaml",
            "/v3/api-docs/swagger-config",
            "/v2/api-docs",
            "/openapi.json",
            "/openapi.yaml",
            "/swagger-ui.html",
            "/swagger-ui/index.html",
            "/swagger-ui/index.css",
            "/swagger-ui/favicon-16x16.png",
            "/swagger-ui/favicon-32x32.png",
            "/swagger-ui/oauth2-redirect.html",
            "/swagger-ui/oauth2-redirect.js",
            "/swagger-ui/swagger-initializer.js",
            "/swagger-ui/swagger-ui.css",
            "/swagger-ui/swagger-ui.css.map",
            "/swagger-ui/swagger-ui.js",
            "/swagger-ui/swagger-ui.js.map",
            "/swagger-ui/swagger-ui-bundle.js",
            "/swagger-ui/swagger-ui-bundle.js.map",
            "/swagger-ui/swagger-ui-es-bundle.js",
            "/swagger-ui/swagger-ui-es-bundle.js.map",
            "/swagger-ui/swagger-ui-es-bundle-core.js",
            "/swagger-ui/swagger-ui-es-bundle-core.js.map",
            "/swagger-ui/swagger-ui-standalone-preset.js",
            "/swagger-ui/swagger-ui-standalone-preset.js.map"),
    /** Kubernetes, MicroProfile Health, Spring Boot Actuator, gRPC. */
    PROBES(
            "probes",
            "/health",
            "/health/live",
            "/health/ready",
            "/health/started",
            "/health/liveness",
            "/health/readiness",
            "/health/startup",
            "/healthz",
            "/livez",
            "/readyz",
            "/startupz",
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness") {
        /** Also where the context path is a part of the name: Open Liberty has an application at {@code /health}. */
        @Override
        boolean names(String path, String withinContext) {
            return super.names(path, withinContext) || super.names(path, path);
        }
    },
    ROBOTS("robots", "/robots.txt"),
    /** RFC 8555 section 8.3. Certificate authorities ask for the path of the whole host. */
    ACME("acme") {
        @Override
        boolean names(String path, String withinContext) {
            return path.startsWith(ACME_CHALLENGE) && isBase64Url(path, ACME_CHALLENGE.length());
        }
    };

    /** The names, as an error lists them. */
    static final String WORDS = "docs, probes, robots, acme";

    private static final String ACME_CHALLENGE = "/.well-known/acme-challenge/";

    /** What programs call with POST to learn whether a gRPC server is there, and what it has. */
    private static final Set<String> GRPC_PROBES = new HashSet<String>(Arrays.asList(
            "/grpc.health.v1.Health/Check",
            "/grpc.health.v1.Health/List",
            "/grpc.health.v1.Health/Watch",
            "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"));

    private final String word;
    private final Set<String> paths;

    Preset(String word, String... paths) {
        this.word = word;
        this.paths = new HashSet<String>(Arrays.asList(paths));
    }

    String word() {
        return word;
    }

    /**
     * Whether this preset exempts a request.
     *
     * @param method the request method
     * @param path the whole path
     * @param context the context path that it begins with
     */
    boolean exempts(String method, String path, String context) {
        if (this == PROBES && method.equals("POST")) {
            return GRPC_PROBES.contains(path);
        }
        return (method.equals("GET") || method.equals("HEAD"))
                && path.startsWith(context)
                && names(path, path.substring(context.length()));
    }

    /** Whether a path belongs to this preset. */
    boolean names(String path, String withinContext) {
        return paths.contains(withinContext);
    }

    /** The preset of a name, or {@code null}. */
    static Preset of(String word) {
        for (Preset preset : values()) {
            if (preset.word.equals(word)) {
                return preset;
            }
        }
        return null;
    }

    private static boolean isBase64Url(String text, int begin) {
        for (int i = begin; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (!digit) {
                return false;
            }
        }
        return begin < text.length();
    }
}
