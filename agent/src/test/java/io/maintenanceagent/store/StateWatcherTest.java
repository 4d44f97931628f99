package io.maintenanceagent.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.report.Printing;
import io.maintenanceagent.state.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watcher on a store whose contents the test sets, reading by reading. */
class StateWatcherTest {

    private static final String NOTHING = "(nothing)";

    /** Each reading takes one content, so that the test knows when a reading has ended: the next has begun. */
    private static final class Script implements StateStore {
        @Override
        public void close() {}

        private final SynchronousQueue<Object> answers = new SynchronousQueue<>();

        void answer(Object answer) throws InterruptedException {
            assertTrue(answers.offer(answer, 10, TimeUnit.SECONDS), "the watcher reads no more");
        }

        @Override
        public byte[] read() throws IOException {
            try {
                Object answer = answers.take();
                if (answer instanceof IOException) {
                    throw (IOException) answer;
                }
                if (answer instanceof Error) {
                    throw (Error) answer;
                }
                return answer == NOTHING ? null : ((String) answer).getBytes(UTF_8);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void awaitChange() {}

        @Override
        public String name() {
            return "the script";
        }
    }

    private final Script script = new Script();
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said, true));
    private final StateWatcher watcher =
            new StateWatcher(script, "somebody else decides", new Told(), errors, new BlankContent(clock::get));

    private final class Told implements StateWatcher.Listener {
        @Override
        public void stored(State stored) {
            told.add(stored == null ? NOTHING : stored);
            if (stored != null && "fail".equals(stored.message())) {
                throw new IllegalStateException("as asked");
            }
        }

        @Override
        public void polled(boolean reachable) {}
    }

    @BeforeEach
    void start() {
        Thread thread = new Thread(watcher);
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        watcher.close();
        script.answers.offer(NOTHING, 100, TimeUnit.MILLISECONDS);
    }

    private Object next() throws InterruptedException {
        return told.poll(10, TimeUnit.SECONDS);
    }

    private void nothingTold() throws InterruptedException {
        script.answer(""); // blank: decides nothing, and the reading before it has ended
        assertNull(told.peek());
    }

    private String said() throws InterruptedException {
        script.answer("");
        script.answer("");
        errors.flush();
        Printing.await();
        String text = said.toString(UTF_8);
        said.reset();
        return text;
    }

    @Test
    void run_changes_listenerGetsEach() throws InterruptedException {
        script.answer(NOTHING);
        assertEquals(NOTHING, next());
        script.answer("on");
        assertEquals(State.ON, next());
        script.answer("ON ");
        nothingTold();
        script.answer("off");
        assertEquals(State.OFF, next());
        script.answer(NOTHING);
        assertEquals(NOTHING, next());
        assertEquals("", said());
    }

    @Test
    void run_firstReadingFails_listenerIsCalled() throws InterruptedException {
        script.answer(new IOException("is on fire"));
        assertEquals(NOTHING, next());
        assertEquals("maintenance-agent: the script is on fire; somebody else decides\n", said());
    }

    /** Without a last known state none can stay. */
    @Test
    void read_fails_lineSaysWhatDecides() throws InterruptedException {
        script.answer("maybe");
        assertEquals(NOTHING, next());
        String said = said();
        assertTrue(said.endsWith("; somebody else decides\n"), said);
        script.answer("on");
        assertEquals(State.ON, next());
        script.answer("maybe");
        said = said();
        assertTrue(said.endsWith("; the last known state stays\n"), said);
        script.answer(NOTHING);
        assertEquals(NOTHING, next());
        script.answer("maybe");
        said = said();
        assertTrue(said.endsWith("; somebody else decides\n"), said);
    }

    @Test
    void read_emptyForTwoSeconds_isReportedOnce() throws InterruptedException {
        script.answer("on");
        assertEquals(State.ON, next());
        String empty =
                "maintenance-agent: the script is empty and says nothing; the last known state stays; allowed: on,"
                        + " off, or a JSON object with \"enabled\"\n";
        for (String blank : new String[] {"", " \r\n\t", "\uFEFF", "\0\0\0\0", "\uFEFF\0\n"}) {
            script.answer(blank);
            assertEquals("", said());
            clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_999));
            assertEquals("", said());
            clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
            assertEquals(empty, said());
            clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(5_000));
            assertEquals("", said(), "once");
            script.answer("on");
            assertNull(told.peek(), "the state was on all the time");
        }
        script.answer("off");
        assertEquals(State.OFF, next());
    }

    @Test
    void read_emptyAtTheStart_lineSaysWhatDecides() throws InterruptedException {
        script.answer("");
        assertEquals(NOTHING, next());
        script.answer("");
        clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
        String said = said();
        assertTrue(said.contains("the script is empty and says nothing; somebody else decides;"), said);
    }

    @Test
    void read_emptyBetweenTwoFaults_reportsBoth() throws InterruptedException {
        script.answer("maybe");
        assertEquals(NOTHING, next());
        assertTrue(said().contains("maybe"));
        clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertTrue(said().contains("is empty"));
        script.answer("maybe");
        assertTrue(said().contains("maybe"));
    }

    @Test
    void read_tooMuchWhiteSpace_isReported() throws InterruptedException {
        script.answer(" ".repeat(1024 * 1024 + 1));
        assertEquals(NOTHING, next());
        assertTrue(said().contains("larger than the 1 MiB"));
    }

    @Test
    void read_anyFault_keepsTheLastState() throws InterruptedException {
        script.answer("on");
        assertEquals(State.ON, next());
        for (Object bad :
                new Object[] {"", "maybe", "{\"enabled\": tr", new IOException("x"), new OutOfMemoryError("y")}) {
            script.answer(bad);
            nothingTold();
        }
        assertEquals(4, said().lines().count());
        script.answer("off");
        assertEquals(State.OFF, next());
    }

    @Test
    void read_sameFault_isReportedOnce() throws InterruptedException {
        script.answer("maybe");
        assertEquals(NOTHING, next());
        script.answer("maybe");
        script.answer("");
        script.answer("maybe");
        assertEquals(1, said().lines().count());
        script.answer("perhaps");
        assertTrue(said().contains("perhaps"));
        script.answer("on");
        assertEquals(State.ON, next());
        script.answer("perhaps");
        assertTrue(said().contains("perhaps"), "it was right in between");
    }

    @Test
    void read_unknownMembers_areReportedOnce() throws InterruptedException {
        script.answer("{\"enabled\": true, \"mesage\": \"x\"}");
        assertEquals(State.ON, next());
        script.answer("{\"enabled\": false, \"mesage\": \"x\"}");
        assertEquals(State.OFF, next());
        String said = said();
        assertEquals(1, said.lines().count(), said);
        assertTrue(said.contains("unknown members [mesage] are ignored; known: enabled, message, "), said);
    }

    @Test
    void run_listenerThrows_goesOn() throws InterruptedException {
        script.answer("{\"enabled\": true, \"message\": \"fail\"}");
        next();
        script.answer("on");
        assertEquals(State.ON, next());
        assertTrue(said().contains("could not be enforced"));
    }
}
