package io.maintenanceagent.response;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.json.Json;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedResponseTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private final ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));
    private final Map<String, String> files = new TreeMap<>();

    private static String body(RenderedResponse reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private static RenderedResponse plain(PreparedResponse answer, long epochMillis) {
        return answer.to(FakeRequest.get(), epochMillis);
    }

    private static String page(State state, String... headers) {
        return body(
                PreparedResponse.of(state).to(FakeRequest.get("Accept", BROWSER).with(headers), 0));
    }

    private PreparedResponse answer(State state, String settings) throws Exception {
        return PreparedResponse.of(
                state,
                ResponseSettings.parse(
                        Json.parse(settings.getBytes(StandardCharsets.UTF_8)),
                        ResponseSettings.DEFAULT,
                        name -> {
                            if (!files.containsKey(name)) {
                                throw new java.io.IOException("is not there");
                            }
                            return files.get(name);
                        },
                        errors),
                List.of(),
                errors);
    }

    @Test
    void to_stateWithoutDetails_default() {
        RenderedResponse reply = plain(PreparedResponse.of(State.ON), 0);
        assertEquals(503, reply.status());
        assertEquals("application/json", reply.contentType());
        assertArrayEquals(
                new String[] {"Retry-After", "3600", "Cache-Control", "no-store", "Vary", "Accept"}, reply.headers());
        assertEquals("{\"detail\":\"Service temporarily unavailable due to maintenance\"}", body(reply));
    }

    @Test
    void to_stateWithMessage_hasTheMessage() {
        RenderedResponse reply = plain(
                PreparedResponse.of(new State.Builder(true)
                        .message("\"zehn\" \u00fc\n")
                        .retryAfter(120)
                        .build()),
                0);
        assertEquals("120", reply.header("Retry-After"));
        assertEquals("{\"detail\":\"\\\"zehn\\\" \u00fc\\n\"}", body(reply));
    }

    @Test
    void to_stateWithEnd_retryAfterIsTheRemainingTime() {
        PreparedResponse answer = PreparedResponse.of(new State.Builder(true)
                .retryAfter(7)
                .window(null, Instant.ofEpochMilli(60_000))
                .build());
        assertEquals("60", plain(answer, 0).header("Retry-After"));
        assertEquals("60", plain(answer, 1).header("Retry-After"));
        assertEquals("59", plain(answer, 1_000).header("Retry-After"));
        assertEquals("1", plain(answer, 59_999).header("Retry-After"));
        assertEquals("1", plain(answer, 70_000).header("Retry-After"));
    }

    @Test
    void to_retryAfterZero_isOne() {
        assertEquals(
                "1",
                plain(PreparedResponse.of(new State.Builder(true).retryAfter(0).build()), 0)
                        .header("Retry-After"));
    }

    @Test
    void to_stateAndPolicyRetryAfter_stateTakesPrecedence() throws Exception {
        assertEquals("9", plain(answer(State.ON, "{\"retryAfter\": 9}"), 0).header("Retry-After"));
        State state = new State.Builder(true).retryAfter(7).build();
        assertEquals("7", plain(answer(state, "{\"retryAfter\": 9}"), 0).header("Retry-After"));
    }

    @Test
    void to_jitter_addsEvenly() throws Exception {
        PreparedResponse answer = answer(new State.Builder(true).retryAfter(100).build(), "{\"jitter\": 0.2}");
        int[] seen = new int[21];
        for (int i = 0; i < 21_000; i++) {
            seen[Integer.parseInt(plain(answer, 0).header("Retry-After")) - 100]++;
        }
        for (int count : seen) {
            assertTrue(count > 800 && count < 1200, "1000 are to be expected, there were " + count);
        }
        PreparedResponse longest =
                answer(new State.Builder(true).retryAfter(Integer.MAX_VALUE).build(), "{\"jitter\": 10}");
        assertEquals("" + Integer.MAX_VALUE, plain(longest, 0).header("Retry-After"));
    }

    @Test
    void to_problemJson_isRfc9457() {
        PreparedResponse answer = PreparedResponse.of(new State.Builder(true)
                .message("a \"b\"")
                .window(null, Instant.parse("2026-11-22T23:30:00Z"))
                .build());
        RenderedResponse reply = answer.to(FakeRequest.get("Accept", "application/problem+json"), 0);
        assertEquals("application/problem+json", reply.contentType());
        assertEquals(
                "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                        + "\"detail\":\"a \\\"b\\\"\",\"until\":\"2026-11-22T23:30:00Z\"}",
                body(reply));
    }

    @Test
    void to_textOrEventStream_isRendered() {
        PreparedResponse answer = PreparedResponse.of(
                new State.Builder(true).message("a \"b\"").retryAfter(5).build());
        RenderedResponse text = answer.to(FakeRequest.get("Accept", "text/plain"), 0);
        assertEquals("text/plain;charset=utf-8", text.contentType());
        assertEquals("a \"b\"\n", body(text));
        RenderedResponse events = answer.to(FakeRequest.get("Accept", "text/event-stream"), 0);
        assertEquals("text/event-stream;charset=utf-8", events.contentType());
        assertEquals("retry: 5000\nevent: maintenance\ndata: {\"detail\":\"a \\\"b\\\"\"}\n\n", body(events));
    }

    @Test
    void to_acceptLanguage_pageInThatLanguage() {
        RenderedResponse reply =
                PreparedResponse.of(State.ON).to(FakeRequest.get("Accept", BROWSER, "Accept-Language", "de-CH"), 0);
        assertEquals(503, reply.status());
        assertEquals("text/html;charset=utf-8", reply.contentType());
        assertEquals("Accept, Accept-Language", reply.header("Vary"));
        assertEquals("de", reply.header("Content-Language"));
        assertTrue(reply.header("Content-Security-Policy").startsWith("default-src 'none'; style-src 'sha256-"));
        assertTrue(body(reply).contains("<h1>Wartungsarbeiten</h1>"), body(reply));
        assertFalse(body(reply).contains("class=\"until\""));
        assertFalse(body(reply).contains("class=\"sent\""));
    }

    static List<String> languages() {
        return List.copyOf(Languages.ALL);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void to_eachLanguage_leavesNoPlaceholder(String language) {
        State state = new State.Builder(true).window(null, Instant.EPOCH).build();
        String page = body(PreparedResponse.of(state)
                .to(new FakeRequest("POST", "/x").with("Accept", BROWSER, "Accept-Language", language), 0));
        assertFalse(page.contains("${"), page);
        assertTrue(page.contains("<html lang=\"" + language + "\""), page);
        boolean rightToLeft = language.equals("ar") || language.equals("he");
        assertTrue(page.contains(rightToLeft ? "dir=\"rtl\"" : "dir=\"ltr\""));
        assertTrue(page.contains("class=\"until\"") && page.contains("class=\"sent\""));
    }

    @Test
    void to_messageWithMarkup_isEscaped() {
        String page = page(new State.Builder(true)
                .message("<script>alert('${css}')</script> & \"x\"")
                .build());
        assertTrue(
                page.contains("lang=\"\" dir=\"auto\">&#60;script&#62;alert&#40;&#39;&#36;&#123;css&#125;&#39;"), page);
        assertEquals(page.indexOf("<script>"), page.lastIndexOf("<script>"));
    }

    @Test
    void to_repeated_sharesTheBody() {
        PreparedResponse answer = PreparedResponse.of(State.ON);
        RequestView browser = FakeRequest.get("Accept", BROWSER);
        assertSame(plain(answer, 0).body(), plain(answer, 1).body());
        assertSame(answer.to(browser, 0).body(), answer.to(browser, 1).body());
    }

    @Test
    void to_policyFiles_placeholdersAreFilled() throws Exception {
        files.put(
                "body.json",
                "{\"m\": \"${message}\", \"u\": \"${until}\", \"r\": ${retryAfter}, \"p\": \"${path}\", \"x\": "
                        + "\"${x}\"}");
        files.put("page.html", "<p title=\"${path}\">${message} ${message}");
        State state = new State.Builder(true)
                .message("\"${path}\" <b>")
                .window(null, Instant.ofEpochMilli(1000))
                .build();
        PreparedResponse answer = answer(
                state, "{\"json\": \"body.json\", \"html\": \"page.html\", \"text\": \"${message}: ${retryAfter}\"}");
        RequestView request = new FakeRequest("GET", "/a\"><script>\\");
        assertEquals(
                "{\"m\": \"\\\"${path}\\\" <b>\", \"u\": \"1970-01-01T00:00:01Z\", \"r\": 1,"
                        + " \"p\": \"/a\\\"><script>\\\\\", \"x\": \"${x}\"}",
                body(answer.to(request, 0)));
        RenderedResponse page = answer.to(new FakeRequest("GET", "/a\"><script>\\").with("Accept", BROWSER), 0);
        assertEquals(
                "<p title=\"/a&#34;&#62;&#60;script&#62;&#92;\">"
                        + "&#34;&#36;&#123;path&#125;&#34; &#60;b&#62; &#34;&#36;&#123;path&#125;&#34; &#60;b&#62;",
                body(page));
        assertEquals("Accept", page.header("Vary"));
        assertNull(page.header("Content-Security-Policy"), "an own page brings its own");
        assertEquals("\"${path}\" <b>: 1", body(answer.to(FakeRequest.get("Accept", "text/plain"), 0)));
    }

    @Test
    void to_badPolicyFile_default() throws Exception {
        files.put("body.json", "{\"m\": ${message}x}");
        PreparedResponse answer =
                answer(State.ON, "{\"json\": \"body.json\", \"html\": \"gone.html\", \"status\": 500}");
        assertEquals("policy /html: \"gone.html\" is not there; the default answer is given instead", errors.last());
        assertEquals(2, errors.count());
        assertEquals("{\"detail\":\"" + MaintenanceNotice.DEFAULT_DETAIL + "\"}", body(plain(answer, 0)));
        assertEquals(500, plain(answer, 0).status());
        assertTrue(body(answer.to(FakeRequest.get("Accept", BROWSER), 0)).contains("<h1>Down for maintenance"));
    }

    @Test
    void to_policyHeaders_areAdded() throws Exception {
        PreparedResponse answer = answer(
                State.ON,
                "{\"headers\": {\"X-Maintenance\": \"on\", \"vary\": \"Cookie\", \"cache-control\": \"no-cache\"}}");
        RenderedResponse reply = plain(answer, 0);
        assertEquals("on", reply.header("X-Maintenance"));
        assertEquals("Accept, Cookie", reply.header("Vary"));
        assertEquals("no-cache", reply.header("cache-control"));
        assertNull(reply.header("Cache-Control"));
    }

    @Test
    void to_redirect_pagesOnly() throws Exception {
        PreparedResponse answer = answer(State.ON, "{\"redirect\": \"https://status.example.com/shop/x?a=b\"}");
        RenderedResponse page = answer.to(FakeRequest.get("Accept", BROWSER), 0);
        assertEquals(302, page.status());
        assertEquals("https://status.example.com/shop/x?a=b", page.header("Location"));
        assertEquals("3600", page.header("Retry-After"));
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals(
                303,
                answer.to(new FakeRequest("POST", "/x").with("Accept", BROWSER), 0)
                        .status());
        assertEquals(503, plain(answer, 0).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/x", "https://EXAMPLE.com/shop/x", "http://example.com/shop/x?y"})
    void to_requestForTheTarget_isNotRedirected(String target) throws Exception {
        RenderedResponse page =
                answer(State.ON, "{\"redirect\": \"" + target + "\"}").to(FakeRequest.get("Accept", BROWSER), 0);
        assertEquals(503, page.status());
        assertNull(page.header("Location"));
    }

    @Test
    void to_requestForTheTargetBehindAProxy_isNotRedirected() throws Exception {
        PreparedResponse answer = answer(State.ON, "{\"redirect\": \"https://www.example.org/shop/x\"}");
        assertEquals(302, answer.to(FakeRequest.get("Accept", BROWSER), 0).status());
        FakeRequest forwarded = FakeRequest.get("Accept", BROWSER, "X-Forwarded-Host", "WWW.example.org:443");
        assertEquals(503, answer.to(forwarded, 0).status());
        forwarded = FakeRequest.get("Accept", BROWSER, "Forwarded", "for=10.0.0.1;host=www.example.org");
        assertEquals(503, answer.to(forwarded, 0).status());
    }

    @Test
    void to_renderers_comeFirstAndMayFail() {
        ResponseRenderer failing = (request, refusal) -> {
            throw new NoClassDefFoundError("as asked");
        };
        ResponseRenderer silent = (request, refusal) -> null;
        ResponseRenderer xml = (request, refusal) -> !refusal.mediaType().equals("application/json")
                ? null
                : new ResponseRenderer.Rendering(
                        "application/xml", ("<m>" + refusal.message() + refusal.retryAfter()).getBytes());
        PreparedResponse answer = PreparedResponse.of(
                new State.Builder(true).message("x").build(),
                ResponseSettings.DEFAULT,
                List.of(failing, silent, xml),
                errors);
        RenderedResponse reply = plain(answer, 0);
        assertEquals("application/xml", reply.contentType());
        assertEquals("<m>x3600", body(reply));
        assertEquals(1, errors.count());
        assertEquals("x\n", body(answer.to(FakeRequest.get("Accept", "text/plain"), 0)));
    }

    @Test
    void to_otherLocale_isTheSame() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("ar", "SA"));
            String page = page(new State.Builder(true)
                    .window(null, Instant.parse("2026-11-22T23:30:00Z"))
                    .build());
            assertTrue(page.contains(">2026-11-22 23:30 UTC</time>"), page);
        } finally {
            Locale.setDefault(before);
        }
    }

    /** As Spring WebFlux does where a path does not begin with the context path that it is served below. */
    @Test
    void to_unreadablePath_hasTheAcceptedRepresentation() throws Exception {
        RequestView request = FakeRequest.get("Accept", "text/plain").untoldPath();
        assertEquals(
                "no  here",
                body(answer(State.ON, "{\"text\": \"no ${path} here\"}").to(request, 0)));
        assertEquals(0, errors.count());
    }

    /** Under a ramp each client is told its own turn; under a fixed share there is none to tell. */
    @Test
    void to_clientInAQueue_isToldItsTurn() {
        Instant until = Instant.ofEpochMilli(120_000);
        PreparedResponse ramp = PreparedResponse.of(
                new State.Builder(true).window(Instant.ofEpochMilli(0), until).build());
        FakeRequest reader = FakeRequest.get("Accept", BROWSER);
        RenderedResponse early = ramp.to(reader, 0, 30_500);
        assertEquals("31", early.header("Retry-After"));
        assertTrue(body(early).contains("data-until=\"1970-01-01T00:00:30.500Z\""), body(early));
        assertTrue(body(early).contains("you are in the queue"));
        assertEquals("90", ramp.to(reader, 30_000, 120_000).header("Retry-After"));
        assertEquals("1", ramp.to(reader, 40_000, 30_500).header("Retry-After"));
        assertFalse(body(ramp.to(reader, 0)).contains("in the queue"), "nobody is let in");
        assertEquals("120", ramp.to(reader, 0).header("Retry-After"));

        PreparedResponse share = PreparedResponse.of(State.ON);
        RenderedResponse page = share.to(reader, 0, Long.MAX_VALUE);
        assertTrue(body(page).contains("you are in the queue"));
        assertTrue(body(page).contains("data-until=\"\""));
        assertEquals("3600", page.header("Retry-After"));
        assertEquals("120", ramp.to(reader, 0, Long.MAX_VALUE).header("Retry-After"), "it ends then at the latest");
    }
}
