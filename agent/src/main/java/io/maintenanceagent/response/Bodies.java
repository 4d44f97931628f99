package io.maintenanceagent.response;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The bodies of one response in all representations and languages, each made when it is first asked for. Safe for any
 * thread.
 */
final class Bodies {

    private final MaintenanceNotice notice;
    private final ResponseSettings settings;
    private final AtomicReferenceArray<Body> forms = new AtomicReferenceArray<Body>(Representation.values().length);
    private final Body plain;
    private volatile ConcurrentMap<String, Body> pages;

    Bodies(MaintenanceNotice notice, ResponseSettings settings) {
        this.notice = notice;
        this.settings = settings;
        this.plain = Body.of(Representation.JSON.contentType, json());
    }

    /** What they tell. */
    MaintenanceNotice notice() {
        return notice;
    }

    /** What programs get by default; made at once, so that it cannot fail later. */
    Body plain() {
        return plain;
    }

    /** The body in a representation other than the page that comes with the agent. */
    Body inForm(Representation form) {
        Body body = forms.get(form.ordinal());
        if (body == null) {
            body = make(form);
            forms.set(form.ordinal(), body); // made twice at worst, and equal
        }
        return body;
    }

    /**
     * The page that comes with the agent.
     *
     * @param language one of {@link Languages#ALL}
     * @param sent whether the reader had sent something
     */
    Body page(String language, boolean sent) {
        ConcurrentMap<String, Body> made = pages;
        if (made == null) {
            made = new ConcurrentHashMap<String, Body>();
            pages = made;
        }
        String key = sent ? language + "+" : language;
        Body page = made.get(key);
        if (page == null) {
            page = Page.render(notice, language, sent);
            made.put(key, page);
        }
        return page;
    }

    private Body make(Representation form) {
        switch (form) {
            case PROBLEM:
                return Body.of(form.contentType, problem());
            case HTML:
                return Body.of(form.contentType, settings.html(), Escape.HTML, notice);
            case TEXT:
                return settings.text() == null
                        ? Body.of(form.contentType, notice.detail() + "\n")
                        : Body.of(form.contentType, settings.text(), Escape.TEXT, notice);
            case EVENTS:
                return Body.of(form.contentType, events(), Escape.JSON, notice);
            default:
                return settings.json() == null
                        ? plain
                        : Body.of(form.contentType, settings.json(), Escape.JSON, notice);
        }
    }

    private String json() {
        return "{\"detail\":\"" + detail() + "\"}";
    }

    /** Without a type of its own the title is the status phrase (RFC 9457 section 4.2.1). */
    private String problem() {
        StringBuilder problem = new StringBuilder("{\"type\":\"about:blank\",");
        if (settings.status() == 503) {
            problem.append("\"title\":\"Service Unavailable\",");
        }
        problem.append("\"status\":").append(settings.status());
        problem.append(",\"detail\":\"").append(detail()).append('"');
        if (notice.until() != null) {
            problem.append(",\"until\":\"").append(notice.untilText()).append('"');
        }
        return problem.append('}').toString();
    }

    /** HTML standard, "Server-sent events": the time in milliseconds after which to connect again. */
    private static String events() {
        return "retry: ${retryAfter}000\nevent: maintenance\ndata: {\"detail\":\"${message}\"}\n\n";
    }

    /** The default needs no escape, and so no JSON library. */
    private String detail() {
        return notice.message() == null ? MaintenanceNotice.DEFAULT_DETAIL : Escape.JSON.apply(notice.message());
    }
}
