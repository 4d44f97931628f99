import io.ktor.http.ContentType;
import io.ktor.http.HttpStatusCode;
import io.ktor.server.application.Application;
import io.ktor.server.application.ApplicationCall;
import io.ktor.server.application.ApplicationCallPipeline;
import io.ktor.server.engine.EmbeddedServerKt;
import io.ktor.server.netty.Netty;
import io.ktor.server.request.ApplicationRequestPropertiesKt;
import io.ktor.server.response.ApplicationResponseFunctionsJvmKt;
import io.ktor.server.response.ApplicationResponseFunctionsKt;
import io.ktor.utils.io.jvm.javaio.BlockingKt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.SafeContinuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;

/** Ktor on its Netty engine; what Kotlin's compiler makes of coroutines is written by hand. */
final class KtorLauncher {

    private KtorLauncher() {}

    public static void main(String[] args) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        EmbeddedServerKt.embeddedServer(Netty.INSTANCE, port, "127.0.0.1", List.of(), KtorLauncher::configure)
                .start(false);
        Launcher.ready(port);
    }

    private static Object configure(Application application, Continuation<? super Unit> done) {
        application.intercept(
                ApplicationCallPipeline.ApplicationPhase.getCall(),
                (context, subject, served) -> serve((ApplicationCall) context.getContext(), served));
        return Unit.INSTANCE;
    }

    private static Object serve(ApplicationCall call, Continuation<? super Unit> done) {
        call.getResponse().getHeaders().append("X-Filter", "passed", true);
        Call served = new Call(call, new SafeContinuation<>(IntrinsicsKt.intercepted(done)));
        if (served.path().equals("/fault")) {
            throw new IllegalStateException("as asked for");
        }
        CoreApplication.onThread(() -> {
            try {
                CoreApplication.serve(served);
            } catch (IOException | RuntimeException failed) {
                served.fail(failed);
            }
        });
        return served.done.getOrThrow();
    }

    private static final class Call implements CoreApplication.Call {
        private final ApplicationCall call;
        private final SafeContinuation<Unit> done;
        private final CompletableFuture<OutputStream> begun = new CompletableFuture<>();
        private final CompletableFuture<Unit> ended = new CompletableFuture<>();
        private boolean isAnswered;

        @SuppressWarnings("unchecked")
        Call(ApplicationCall call, SafeContinuation<?> done) {
            this.call = call;
            this.done = (SafeContinuation<Unit>) done;
        }

        @Override
        public String path() {
            return ApplicationRequestPropertiesKt.path(call.getRequest());
        }

        @Override
        public String query() {
            String query = ApplicationRequestPropertiesKt.queryString(call.getRequest());
            return query.isEmpty() ? null : query;
        }

        @Override
        public InputStream body() {
            return BlockingKt.toInputStream(call.getRequest().receiveChannel(), null);
        }

        @Override
        public OutputStream begin() {
            isAnswered = true;
            resume(ApplicationResponseFunctionsJvmKt.respondOutputStream(
                    call,
                    ContentType.Application.INSTANCE.getOctetStream(),
                    HttpStatusCode.Companion.getOK(),
                    null,
                    (out, producer) -> {
                        begun.complete(out);
                        ended.join();
                        return Unit.INSTANCE;
                    },
                    done));
            return begun.join();
        }

        @Override
        public void send(String text) {
            isAnswered = true;
            resume(ApplicationResponseFunctionsKt.respondText(
                    call,
                    text,
                    ContentType.Text.INSTANCE.getPlain(),
                    HttpStatusCode.Companion.getOK(),
                    content -> Unit.INSTANCE,
                    done));
        }

        @Override
        public void end() {
            ended.complete(Unit.INSTANCE);
        }

        @Override
        public void later(CoreApplication.Rest rest) {
            CoreApplication.onThread(() -> {
                try {
                    rest.run();
                } catch (IOException | RuntimeException failed) {
                    fail(failed);
                }
            });
        }

        private void resume(Object answer) {
            if (answer != IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
                done.resumeWith(Unit.INSTANCE);
            }
        }

        void fail(Exception failed) {
            ended.completeExceptionally(failed);
            if (!isAnswered) {
                done.resumeWith(ResultKt.createFailure(failed));
            }
        }
    }
}
