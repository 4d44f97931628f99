package io.maintenanceagent.response;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Properties;

/**
 * The page for people that comes with the agent: one document that needs nothing else, in the reader's language. It
 * asks for its own URL until the service is back, and then loads it; until then it shows what the responses say. See
 * {@code page.js}.
 */
final class Page {

    /** Loaded with the first page. */
    private static final String DOCUMENT = BundledResource.text("page.html");

    private static final String STYLE = BundledResource.text("page.css");
    private static final String SCRIPT = BundledResource.text("page.js");

    /** Lines of the document that are there only if they have something to say. */
    private static final String UNTIL = "<p class=\"until\">";

    private static final String SENT = "<p class=\"sent\">";
    private static final String QUEUE = "<p class=\"queue\">";

    /**
     * Nothing but this style, this script and questions to where the page comes from. Where it may be framed is left to
     * the application: there is nothing in it to be tricked into, and a shop within a frame would show nothing at all.
     */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src '" + hash(STYLE)
            + "'; script-src '" + hash(SCRIPT)
            + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Page() {}

    /**
     * Returns the page.
     *
     * @param notice what there is to tell
     * @param language one of {@link Languages#ALL}
     * @param sent whether the reader had sent something, which is lost
     */
    static Body render(MaintenanceNotice notice, String language, boolean sent) {
        String template = notice.until() == null ? without(UNTIL, DOCUMENT) : DOCUMENT;
        template = sent ? template : without(SENT, template);
        template = notice.queued() ? template : without(QUEUE, template);
        String document = Template.fill(template, new PageValues(notice, language, sent));
        return Body.of(
                Representation.HTML.contentType,
                document,
                "Content-Language",
                language,
                "Content-Security-Policy",
                CONTENT_SECURITY_POLICY,
                "X-Content-Type-Options",
                "nosniff");
    }

    /** Returns the document without the line that begins with a text. */
    private static String without(String line, String document) {
        int begin = document.indexOf(line);
        return document.substring(0, begin) + document.substring(document.indexOf('\n', begin) + 1);
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static final class PageValues implements Template.Values {
        private final MaintenanceNotice notice;
        private final String language;
        private final boolean sent;
        private final Properties texts;

        PageValues(MaintenanceNotice notice, String language, boolean sent) {
            this.notice = notice;
            this.language = language;
            this.sent = sent;
            this.texts = BundledResource.properties("text/" + language + ".properties");
        }

        @Override
        public String get(String name) {
            Instant until = notice.until();
            switch (name) {
                case "css":
                    return STYLE;
                case "js":
                    return SCRIPT;
                case "lang":
                    return language;
                case "dir":
                    return Languages.isRightToLeft(language) ? "rtl" : "ltr";
                case "message":
                    return escaped(notice.message() == null ? texts.getProperty(name) : notice.message());
                case "message-attributes":
                    // The language of the operator's message is unknown.
                    return notice.message() == null ? "" : " lang=\"\" dir=\"auto\"";
                case "until":
                    return escaped(notice.untilText());
                case "until-text":
                    return until == null ? "" : UTC.format(until);
                case "label-until":
                    return escaped(texts.getProperty("until"));
                case "was-sent":
                    return sent ? "true" : "";
                default:
                    String text = texts.getProperty(name);
                    return text == null ? null : escaped(text);
            }
        }

        private static String escaped(String text) {
            return Escape.HTML.apply(text);
        }
    }
}
