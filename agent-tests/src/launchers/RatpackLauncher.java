import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import ratpack.exec.Promise;
import ratpack.handling.Context;
import ratpack.http.ResponseChunks;
import ratpack.server.RatpackServer;
import ratpack.stream.Streams;

/** Ratpack 1.9. */
final class RatpackLauncher {

    private static final int LONGEST = 10_000_000;

    private RatpackLauncher() {}

    public static void main(String[] args) throws Exception {
        RatpackServer server = RatpackServer.start(definition -> definition
                .serverConfig(config -> config.address(InetAddress.getByName("127.0.0.1"))
                        .port(0)
                        .threads(2)
                        .maxContentLength(LONGEST))
                .handlers(chain -> chain.all(RatpackLauncher::serve)));
        Launcher.ready(server.getBindPort());
    }

    private static void serve(Context context) {
        context.header("X-Filter", "passed");
        context.getRequest().getBody().then(body -> {
            String query = context.getRequest().getQuery();
            CompletableFuture<Object> response = FutureCall.serve(
                    "/" + context.getRequest().getPath(), query.isEmpty() ? null : query, body.getBytes());
            Promise.<Object>async(down -> down.accept(response)).then(answer -> {
                if (answer instanceof String) {
                    context.getResponse().send((String) answer);
                } else {
                    context.render(
                            ResponseChunks.bufferChunks("application/octet-stream", Streams.bindExec(buffers(answer))));
                }
            });
        });
    }

    @SuppressWarnings("unchecked")
    private static Publisher<ByteBuf> buffers(Object parts) {
        return subscriber -> ((Flow.Publisher<byte[]>) parts).subscribe(new Buffers(subscriber));
    }

    /** What later versions of Reactive Streams have an adapter for. */
    private record Buffers(Subscriber<? super ByteBuf> to) implements Flow.Subscriber<byte[]> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            to.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {
                    subscription.request(n);
                }

                @Override
                public void cancel() {
                    subscription.cancel();
                }
            });
        }

        @Override
        public void onNext(byte[] part) {
            to.onNext(Unpooled.wrappedBuffer(part));
        }

        @Override
        public void onError(Throwable failure) {
            to.onError(failure);
        }

        @Override
        public void onComplete() {
            to.onComplete();
        }
    }
}
