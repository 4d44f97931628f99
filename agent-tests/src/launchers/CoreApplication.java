import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.util.concurrent.atomic.AtomicInteger;

/** What servers without servlets serve here, the same on each; Java 8, as are they. */
final class CoreApplication {

    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final int CHUNKS = 20;

    private CoreApplication() {}

    /** A request, and how it is answered. */
    interface Call {

        String path();

        /** The query as it was sent, or {@code null}. */
        String query();

        InputStream body() throws IOException;

        /** Begins a response of unknown length. */
        OutputStream begin() throws IOException;

        /** Answers with a text. */
        void send(String text) throws IOException;

        /** Ends a response that was begun. */
        void end() throws IOException;

        /** Runs the rest on another thread, when the handler has returned or before. */
        void later(Rest rest) throws IOException;
    }

    /** The rest of a handler. */
    interface Rest {
        void run() throws IOException;
    }

    static void serve(Call call) throws IOException {
        switch (call.path()) {
            case "/running":
                call.send(Integer.toString(Work.RUNNING.get()));
                break;
            case "/busy":
            case "/drip":
            case "/failing":
                new Work(call).run();
                break;
            case "/late-busy":
            case "/late-drip":
                call.later(new Work(call));
                break;
            case "/slow":
                pass(call);
                call.send("Worth the wait.\n");
                break;
            case "/late":
                call.later(() -> {
                    pass(call);
                    call.send("Late.\n");
                });
                break;
            case "/stream":
                stream(call);
                break;
            case "/late-stream":
                call.later(() -> stream(call));
                break;
            case "/fault":
                throw new IllegalStateException("as asked for");
            case "/echo":
                call.send(text(call.body()));
                break;
            default:
                call.send("Served " + call.path() + "\n");
        }
    }

    private static String text(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            read.write(buffer, 0, n);
        }
        return read.toString("UTF-8");
    }

    private static void stream(Call call) throws IOException {
        byte[] chunk = new byte[50_000];
        OutputStream out = call.begin();
        out.write(chunk);
        out.flush();
        pass(call);
        for (int i = 1; i < CHUNKS; i++) {
            out.write(chunk);
            out.flush();
        }
        call.end();
    }

    private static void pass(Call call) throws IOException {
        pass(call.query());
    }

    /** Makes the file PATH.entered, then waits for PATH.open, where PATH is the parameter "gate", if there is one. */
    static void pass(String query) throws IOException {
        if (query == null || !query.startsWith("gate=")) {
            return;
        }
        String path = URLDecoder.decode(query.substring(5), "UTF-8");
        new File(path + ".entered").createNewFile();
        long start = System.nanoTime();
        while (!new File(path + ".open").exists()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IOException("nobody opened " + path);
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /** Runs the rest on a thread of its own; what fails there is told to nobody, as in many applications. */
    static void onThread(Rest rest) {
        Thread thread = new Thread(() -> {
            try {
                rest.run();
            } catch (IOException | RuntimeException clientGone) {
                // the server has to find out by itself
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Takes as many milliseconds as its query says, and counts as running from its begin until it is about to end its
     * response, or has failed.
     */
    private static final class Work implements Rest {
        static final AtomicInteger RUNNING = new AtomicInteger();

        private static final int PIECES = 10;

        private final Call call;
        private final int millis;
        private boolean isRunning = true;

        Work(Call call) {
            this.call = call;
            this.millis = Integer.parseInt(call.query());
            RUNNING.incrementAndGet();
        }

        @Override
        public void run() throws IOException {
            try {
                if (call.path().endsWith("drip")) {
                    drip();
                    return;
                }
                sleep(millis);
                if (call.path().equals("/failing")) {
                    throw new IllegalStateException("as asked for");
                }
                ends();
                call.send("Done.\n");
            } finally {
                ends();
            }
        }

        private void drip() throws IOException {
            OutputStream out = call.begin();
            for (int i = 0; i < PIECES; i++) {
                out.write(new byte[2_000]);
                out.flush();
                sleep(millis / PIECES);
            }
            ends();
            call.end();
        }

        private void ends() {
            if (isRunning) {
                isRunning = false;
                RUNNING.decrementAndGet();
            }
        }

        private static void sleep(int millis) throws IOException {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
