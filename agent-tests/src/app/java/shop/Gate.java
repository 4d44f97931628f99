package shop;

import java.io.File;
import java.io.IOException;
import javax.servlet.ServletRequest;

/**
 * Holds a request until somebody outside says so: makes the file PATH.entered, then waits for PATH.open, where PATH is
 * the request's parameter "gate". A request without the parameter passes.
 */
final class Gate {

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private Gate() {}

    static void pass(ServletRequest request) throws IOException {
        String path = request.getParameter("gate");
        if (path != null) {
            pass(path);
        }
    }

    static void pass(String path) throws IOException {
        new File(path + ".entered").createNewFile();
        File open = new File(path + ".open");
        long start = System.nanoTime();
        while (!open.exists()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IOException("nobody opened " + open);
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }
}
