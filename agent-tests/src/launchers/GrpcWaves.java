import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Waves of calls, of which a third is cancelled, a third streams, and a third fails, each wave met by maintenance. */
final class GrpcWaves {

    private static final int AT_ONCE = 60;
    private static final int LONGEST_MILLIS = 600;
    private static final int PIECES = 10;

    private static final MethodDescriptor<String, String> BUSY = GrpcLauncher.method("many/Busy", MethodType.UNARY);
    private static final MethodDescriptor<String, String> LATE = GrpcLauncher.method("many/Late", MethodType.UNARY);
    private static final MethodDescriptor<String, String> DRIP =
            GrpcLauncher.method("many/Drip", MethodType.SERVER_STREAMING);
    private static final MethodDescriptor<String, String> CHAT =
            GrpcLauncher.method("many/Chat", MethodType.BIDI_STREAMING);
    private static final MethodDescriptor<String, String> FAIL = GrpcLauncher.method("many/Fail", MethodType.UNARY);

    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    private final Path state;
    private final Channel channel;
    private final Random random = new Random(17);
    private final List<GrpcLauncher.Call> cancelled = new ArrayList<>();

    GrpcWaves(Path state, Channel channel) {
        this.state = state;
        this.channel = channel;
    }

    void run(int waves) throws Exception {
        // The MBean is there once a call has been answered.
        GrpcLauncher.start(channel, LATE, "1", CallOptions.DEFAULT).await();
        for (int i = 0; i < waves; i++) {
            write("off", false);
            List<GrpcLauncher.Call> calls = new ArrayList<>();
            for (int j = 0; j < AT_ONCE; j++) {
                calls.add(start(j));
            }
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            write("on", true);
            GrpcLauncher.until(() -> Boolean.TRUE.equals(GrpcLauncher.attribute("Drained")));
            long start = System.nanoTime();
            while (RUNNING.get() > 0 && System.nanoTime() - start < 300_000_000) {
                Thread.sleep(1); // until the application has counted them, too
            }
            if (RUNNING.get() > 0) {
                System.out.println("drained too early: " + RUNNING + " are running");
            }
            calls.forEach(GrpcLauncher.Call::await);
            GrpcLauncher.until(() -> Integer.valueOf(0).equals(GrpcLauncher.attribute("InFlight")));
        }
        System.out.println("left: " + GrpcLauncher.attribute("InFlight"));
        System.out.println("cancelled: " + (cancelled.size() == waves * AT_ONCE / 3));
        System.out.println("error: " + GrpcLauncher.attribute("LastError"));
    }

    private void write(String word, boolean inMaintenance) throws IOException, InterruptedException {
        Files.writeString(state, word);
        GrpcLauncher.until(() -> Boolean.valueOf(inMaintenance).equals(GrpcLauncher.attribute("InMaintenance")));
    }

    private GrpcLauncher.Call start(int number) {
        int kind = number / 3 % 4;
        MethodDescriptor<String, String> method = number % 3 == 1
                ? kind < 2 ? DRIP : CHAT
                : number % 3 == 2 ? FAIL : kind == 0 ? BUSY : kind == 1 ? LATE : kind == 2 ? DRIP : CHAT;
        String millis = Integer.toString(50 + random.nextInt(LONGEST_MILLIS));
        GrpcLauncher.Call call = GrpcLauncher.start(channel, method, millis, CallOptions.DEFAULT);
        if (number % 3 == 0) {
            cancelled.add(call);
            int leaves = random.nextInt(LONGEST_MILLIS);
            TIMER.schedule(() -> call.call.cancel("as asked for", null), leaves, TimeUnit.MILLISECONDS);
        }
        return call;
    }

    static ServerServiceDefinition service() {
        return ServerServiceDefinition.builder("many")
                .addMethod(BUSY, ServerCalls.asyncUnaryCall(GrpcWaves::busy))
                .addMethod(LATE, ServerCalls.asyncUnaryCall((text, out) -> later(text, out, 1)))
                .addMethod(DRIP, ServerCalls.asyncServerStreamingCall((text, out) -> later(text, out, PIECES)))
                .addMethod(CHAT, ServerCalls.asyncBidiStreamingCall(GrpcWaves::chat))
                .addMethod(FAIL, ServerCalls.asyncUnaryCall(GrpcWaves::fail))
                .build();
    }

    /** On the call's own thread, whatever becomes of its client. */
    private static void busy(String millis, StreamObserver<String> out) {
        RUNNING.incrementAndGet();
        try {
            sleep(millis);
        } finally {
            RUNNING.decrementAndGet();
        }
        try {
            out.onNext("Done");
            out.onCompleted();
        } catch (StatusRuntimeException left) {
            // nobody waits for it
        }
    }

    private static void fail(String millis, StreamObserver<String> out) {
        RUNNING.incrementAndGet();
        try {
            sleep(millis);
        } finally {
            RUNNING.decrementAndGet();
        }
        throw new IllegalStateException("as asked for");
    }

    private static void sleep(String millis) {
        try {
            Thread.sleep(Integer.parseInt(millis));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void later(String millis, StreamObserver<String> out, int pieces) {
        Runnable ended = counted(out);
        answer(out, ended, Integer.parseInt(millis) / pieces, pieces);
    }

    private static StreamObserver<String> chat(StreamObserver<String> out) {
        Runnable ended = counted(out);
        return new StreamObserver<>() {
            @Override
            public void onNext(String millis) {
                answer(out, ended, Integer.parseInt(millis) / PIECES, PIECES);
            }

            @Override
            public void onError(Throwable left) {
                ended.run();
            }

            @Override
            public void onCompleted() {}
        };
    }

    /** Counts a call as running until it is about to end, or its client has left. */
    private static Runnable counted(StreamObserver<String> out) {
        RUNNING.incrementAndGet();
        AtomicBoolean isRunning = new AtomicBoolean(true);
        Runnable ended = () -> {
            if (isRunning.getAndSet(false)) {
                RUNNING.decrementAndGet();
            }
        };
        ((ServerCallStreamObserver<String>) out).setOnCancelHandler(ended);
        return ended;
    }

    private static void answer(StreamObserver<String> out, Runnable ended, int millis, int pieces) {
        TIMER.schedule(
                () -> {
                    out.onNext("x");
                    if (pieces > 1) {
                        answer(out, ended, millis, pieces - 1);
                    } else {
                        ended.run();
                        out.onCompleted();
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }
}
