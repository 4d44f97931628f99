import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/** A request of a framework that takes a response from a future: a text, or the publisher of its parts. */
final class FutureCall implements CoreApplication.Call {

    private final String path;
    private final String query;
    private final byte[] body;
    private final CompletableFuture<Object> response;
    private SubmissionPublisher<byte[]> parts;

    private FutureCall(String path, String query, byte[] body, CompletableFuture<Object> response) {
        this.path = path;
        this.query = query;
        this.body = body;
        this.response = response;
    }

    /** A {@code String}, or a {@code Flow.Publisher} of byte arrays. */
    static CompletableFuture<Object> serve(String path, String query, byte[] body) {
        if (path.equals("/fault")) {
            throw new IllegalStateException("as asked for");
        }
        CompletableFuture<Object> response = new CompletableFuture<>();
        CoreApplication.onThread(() -> {
            try {
                CoreApplication.serve(new FutureCall(path, query, body, response));
            } catch (RuntimeException failed) {
                response.completeExceptionally(failed);
            }
        });
        return response;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(body);
    }

    @Override
    public OutputStream begin() {
        parts = new SubmissionPublisher<>(Runnable::run, 256); // subscribers are told at once
        response.complete((Flow.Publisher<byte[]>) parts);
        return new OutputStream() {
            private boolean isSubscribed;

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] chunk, int offset, int length) throws IOException {
                awaitSubscriber();
                parts.submit(java.util.Arrays.copyOfRange(chunk, offset, offset + length));
            }

            /** What is submitted before is lost; when the client has gone there is none any more. */
            private void awaitSubscriber() throws IOException {
                long end = System.nanoTime() + 5_000_000_000L;
                while (!parts.hasSubscribers()) {
                    if (isSubscribed || System.nanoTime() - end > 0) {
                        throw new IOException("nobody reads");
                    }
                    try {
                        Thread.sleep(1);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                isSubscribed = true;
            }
        };
    }

    @Override
    public void send(String text) {
        response.complete(text);
    }

    @Override
    public void end() {
        parts.close();
    }

    @Override
    public void later(CoreApplication.Rest rest) {
        CoreApplication.onThread(rest);
    }
}
