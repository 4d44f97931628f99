package io.maintenanceagent.store.url;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.StateStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The store against the JDK's server. */
class UrlStoreTest {

    @TempDir
    Path directory;

    private final WebServer server;
    private StateStore store;

    UrlStoreTest() throws IOException {
        server = new WebServer();
        store = open("");
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    private StateStore open(String rest) {
        return new UrlStoreFactory("http").open(URI.create(server.url() + rest));
    }

    private String read() throws IOException {
        byte[] content = store.read();
        return content == null ? null : new String(content, UTF_8);
    }

    /** After the time that a reading holds. */
    private String readAgain() throws Exception {
        for (long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1050); System.nanoTime() < end; ) {
            store.awaitChange();
        }
        return read();
    }

    private boolean write(String expected, String next) throws IOException {
        return store.compareAndSet(
                expected == null ? null : expected.getBytes(UTF_8), next == null ? null : next.getBytes(UTF_8));
    }

    private String failure() {
        return assertThrows(IOException.class, store::read).getMessage();
    }

    @Test
    void read_unchanged_isAskedWithItsTag() throws Exception {
        server.set("on");
        assertEquals("on", read());
        assertEquals("on", read());
        assertEquals(List.of("GET 200"), server.takeAsked(), "a reading holds for a second");
        assertEquals("on", readAgain());
        assertEquals(List.of("GET 304"), server.takeAsked());
        server.set("off");
        assertEquals("off", readAgain());
        assertEquals(server.url(), store.name());
        assertNull(store.instances());
    }

    @Test
    void read_maxAge_isRespected() throws Exception {
        server.cacheControl = "max-age=60";
        server.set("on");
        assertEquals("on", read());
        server.set("off");
        assertEquals("on", readAgain());
        assertEquals(List.of("GET 200"), server.takeAsked());
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void read_notThere_isNoState(int status) throws Exception {
        server.set("on");
        assertEquals("on", read());
        server.status = status;
        assertNull(readAgain());
        server.status = 0;
        assertEquals("on", readAgain());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | refuses access (401)",
                "403 | refuses access (403)",
                "400 | answers 400",
                "503 | answers 503",
            })
    void read_otherStatus_fails(int status, String clause) {
        server.status = status;
        assertEquals(clause, failure());
    }

    @Test
    void read_serverIsAway_fails() throws IOException {
        server.set("on");
        server.close();
        assertEquals("cannot be reached (Connection refused)", failure());
    }

    @Test
    void read_tooLarge_fails() throws Exception {
        server.set("x".repeat(1024 * 1024));
        assertEquals(1024 * 1024, store.read().length);
        server.set("x".repeat(1024 * 1024 + 1));
        for (int i = 0; i < 2; i++) {
            store.awaitChange();
        }
        assertEquals("answers with more than 1048576 bytes", failure());
    }

    @Test
    void awaitChange_serverWaits_returnsAtTheChange() throws Exception {
        server.waits = true;
        server.set("on");
        store.close();
        store = open("#wait=8");
        assertEquals("on", read());
        new Thread(() -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(300);
                    } catch (InterruptedException e) {
                        // sooner, then
                    }
                    server.set("off");
                })
                .start();
        long began = System.nanoTime();
        store.awaitChange();
        assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(7), "at the change");
        assertEquals("off", read());
        assertEquals(List.of("GET 200", "GET 200"), server.takeAsked(), "what was heard is not asked for again");
        assertEquals("wait=8", server.headers.get(1).getFirst("Prefer"));
    }

    @Test
    void awaitChange_serverDoesNotWait_isNotAskedAllTheTime() throws Exception {
        server.set("on");
        store.close();
        store = open("#wait=8");
        read();
        for (long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500); System.nanoTime() < end; ) {
            store.awaitChange();
            read();
        }
        assertTrue(server.asked.size() <= 6, server.asked::toString);
    }

    @Test
    void login_fromFiles_isSent() throws Exception {
        server.set("on");
        Path secret = Files.writeString(directory.resolve("token"), "t0ken\n");
        for (String[] login : new String[][] {
            {"#token-file=" + secret, "Bearer t0ken"},
            {"#password-file=" + secret, "Basic " + Base64.getEncoder().encodeToString("me:t0ken".getBytes())},
        }) {
            String url = server.url() + login[0];
            store = new UrlStoreFactory("http")
                    .open(URI.create(login[1].startsWith("Basic") ? url.replace("//", "//me@") : url));
            assertEquals("on", read());
            assertEquals(login[1], server.headers.get(server.headers.size() - 1).getFirst("Authorization"));
            assertEquals(server.url(), store.name());
        }
        Files.writeString(secret, "renewed");
        assertEquals("on", readAgain());
        Files.delete(secret);
        readAgainFails("needs a secret, and the file " + secret + " does not exist");
    }

    private void readAgainFails(String clause) throws Exception {
        for (int i = 0; i < 3; i++) {
            store.awaitChange();
        }
        assertEquals(clause, failure());
    }

    @Test
    void redirect_toAnotherOrigin_isFollowedWithoutCredentials() throws Exception {
        Path secret = Files.writeString(directory.resolve("token"), "t0ken");
        try (WebServer other = new WebServer()) {
            other.set("on");
            server.location = other.url();
            store = open("#token-file=" + secret);
            assertEquals("on", read());
            assertNull(other.headers.get(0).getFirst("Authorization"));
            assertEquals("Bearer t0ken", server.headers.get(0).getFirst("Authorization"));
            assertEquals(
                    "is read by a redirect; name the last URL to write",
                    assertThrows(IOException.class, () -> write("on", "off")).getMessage());
            assertEquals("on", other.get());
        }
    }

    @Test
    void redirect_inCirclesOrNowhere_fails() throws Exception {
        server.location = "/state";
        assertEquals("redirects more than 5 times", failure());
        server.location = "ftp://x/";
        assertEquals("redirects to something that is no URL", failure());
    }

    @Test
    void write_conditions_areKept() throws Exception {
        assertTrue(write(null, "on"));
        assertEquals("on", server.get());
        assertFalse(write(null, "off"), "it is there");
        assertFalse(write("off", "on"));
        assertTrue(write("on", "{\"enabled\": false}"));
        assertEquals("{\"enabled\": false}", read());
        assertEquals(
                "application/json",
                server.headers.get(server.headers.size() - 2).getFirst("Content-Type"));
        server.takeAsked();
        assertTrue(write("{\"enabled\": false}", null));
        assertNull(server.get());
        assertEquals(List.of("GET 200", "DELETE 204"), server.takeAsked());
        assertTrue(write(null, null));
    }

    @Test
    void write_serverIgnoresConditions_isRefusedUnlessAllowed() throws Exception {
        server.ignoresConditions = true;
        server.set("on");
        String message =
                assertThrows(IOException.class, () -> write("on", "off")).getMessage();
        assertEquals(
                "takes a PUT whatever its If-Match says; so what somebody else writes meanwhile would be lost; "
                        + "nothing was"
                        + " changed; #put=unconditional allows it",
                message);
        assertEquals("on", server.get());
        store = open("#put=unconditional");
        assertFalse(write("other", "off"));
        assertTrue(write("on", "off"));
        assertEquals("off", server.get());
    }

    @Test
    void write_weakTag_isRefused() throws Exception {
        server.weakTags = true;
        server.set("on");
        String message =
                assertThrows(IOException.class, () -> write("on", "off")).getMessage();
        assertTrue(message.startsWith("gives no strong ETag; so what"), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 405})
    void write_serverTakesNone_saysWhereToChangeIt(int status) throws Exception {
        try (WebServer readOnly = new WebServer()) {
            readOnly.set("on");
            readOnly.refused = status;
            store = new UrlStoreFactory("http").open(URI.create(readOnly.url()));
            assertEquals(
                    "does not let itself be written (" + status
                            + " to a PUT or DELETE); change the state where the URL is" + " served from",
                    assertThrows(IOException.class, () -> write("on", "off")).getMessage());
        }
    }

    @Test
    void write_raced_nothingIsLost() throws Exception {
        server.set("0");
        Thread[] writers = new Thread[4];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new Thread(() -> {
                try (StateStore mine = open("")) {
                    for (int written = 0; written < 10; ) {
                        byte[] held = mine.read();
                        int next = Integer.parseInt(new String(held)) + 1;
                        written += mine.compareAndSet(held, String.valueOf(next).getBytes()) ? 1 : 0;
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writers[i].start();
        }
        for (Thread writer : writers) {
            writer.join(60_000);
        }
        assertEquals("40", server.get());
    }
}
