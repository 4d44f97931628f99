package io.maintenanceagent.policy;

/** Well-known paths that machines ask for and that no visitor needs. They are meant within any context. */
enum Preset {
    DOCS(
            "docs",
            "/v3/api-docs",
            "/v3/api-docs/**",
            "/v2/api-docs",
            "/swagger-ui.html",
            "/swagger-ui",
            "/swagger-ui/**",
            "/openapi.json",
            "/openapi.yaml"),
    PROBES("probes", "/health", "/healthz", "/livez", "/readyz", "/actuator/health", "/actuator/health/**"),
    ROBOTS("robots", "/robots.txt");

    /** What a policy may say. */
    static final String WORDS = "docs, probes, robots";

    private final String word;
    private final String[] paths;

    Preset(String word, String... paths) {
        this.word = word;
        this.paths = paths;
    }

    String word() {
        return word;
    }

    String[] paths() {
        return paths;
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
}
