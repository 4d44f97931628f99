import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceNotFoundException;
import javax.management.ObjectName;

/** A gRPC server and its client: calls of all kinds, before, in and after maintenance; says what became of them. */
final class GrpcLauncher {

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static final MethodDescriptor<String, String> GET = method("shop.Orders/Get", MethodType.UNARY);
    private static final MethodDescriptor<String, String> OPEN = method("shop.Orders/Open", MethodType.UNARY);
    private static final MethodDescriptor<String, String> LIST =
            method("shop.Orders/List", MethodType.SERVER_STREAMING);
    private static final MethodDescriptor<String, String> PUT = method("shop.Orders/Put", MethodType.CLIENT_STREAMING);
    private static final MethodDescriptor<String, String> CHAT = method("shop.Orders/Chat", MethodType.BIDI_STREAMING);
    private static final MethodDescriptor<String, String> CHECK =
            method("grpc.health.v1.Health/Check", MethodType.UNARY);

    private final Queue<StreamObserver<String>> held = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch gate = new CountDownLatch(1);
    private final Path state;
    private final Channel channel;

    private GrpcLauncher(Path state, Channel channel) {
        this.state = state;
        this.channel = channel;
    }

    public static void main(String[] args) throws Exception {
        GrpcLauncher launcher;
        Server server;
        ManagedChannel channel;
        GrpcLauncher[] served = new GrpcLauncher[1];
        List<ServerServiceDefinition> services = services(served);
        if (args[1].equals("netty")) {
            NettyServerBuilder builder =
                    NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            services.forEach(builder::addService);
            server = builder.build().start();
            channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                    .usePlaintext()
                    .build();
        } else {
            InProcessServerBuilder builder = InProcessServerBuilder.forName("shop");
            services.forEach(builder::addService);
            server = builder.build().start();
            channel = InProcessChannelBuilder.forName("shop").build();
        }
        launcher = new GrpcLauncher(Path.of(args[0]), channel);
        served[0] = launcher;
        if (args.length > 2 && args[2].equals("watch")) {
            launcher.watch();
        } else if (args.length > 2) {
            new GrpcWaves(launcher.state, channel).run(Integer.parseInt(args[2]));
        } else {
            launcher.run();
        }
        channel.shutdownNow();
        server.shutdownNow();
        System.out.println("END");
        System.exit(0);
    }

    /** Says what becomes of calls whenever that changes, and of a stream that is open all the time, for a while. */
    private void watch() throws Exception {
        Call open = start(CHAT, "hold");
        String last = "";
        for (long start = System.nanoTime(); System.nanoTime() - start < 3 * PATIENCE_NANOS; Thread.sleep(20)) {
            String now = get("a");
            if (!now.equals(last)) {
                say("now", now);
                last = now;
            }
            if (!open.end.isDone() && now.startsWith("UNAVAILABLE")) {
                release();
                say("open stream", open.await());
            }
        }
    }

    private void run() throws Exception {
        say("before", get("a"));
        Call blocked = start(GET, "block");
        Call left = start(GET, "block");
        List<Call> calls = List.of(start(GET, "hold"), start(LIST, "hold"), start(PUT, "hold"), start(CHAT, "hold"));
        Call cancelled = start(CHAT, "hold");
        Call late = start(GET.toBuilder().build(), "hold", CallOptions.DEFAULT.withDeadlineAfter(2, TimeUnit.SECONDS));
        say("running", inFlight(8));
        say("counted", attribute("Passed")); // once, also where Netty is known by itself
        Files.writeString(state, "on");
        until(() -> get("a").startsWith("UNAVAILABLE"));
        for (MethodDescriptor<String, String> method : List.of(GET, LIST, PUT, CHAT)) {
            say("refused " + method.getFullMethodName(), start(method, "a").await());
        }
        say("unknown", start(method("shop.Orders/None", MethodType.UNARY), "a").await());
        say("open", start(OPEN, "a").await());
        say("health", start(CHECK, "a").await());
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("X-Admin-Key", Metadata.ASCII_STRING_MARSHALLER), "a-key-of-the-administrators");
        say(
                "administrator",
                ClientCalls.blockingUnaryCall(
                        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                        GET,
                        CallOptions.DEFAULT,
                        "a"));
        cancelled.call.cancel("as asked for", null);
        say("cancelled", cancelled.await());
        say("late", late.await());
        say("without these", inFlight(6));
        left.call.cancel("as asked for", null);
        say("left", left.await());
        Thread.sleep(200);
        say("its handler goes on", inFlight(6));
        gate.countDown();
        say("blocked", blocked.await());
        say("streams", inFlight(4));
        release();
        for (Call call : calls) {
            say("completed", call.await());
        }
        say("none", inFlight(0));
        say("drained", attribute("Drained"));
        Files.writeString(state, "off");
        until(() -> get("a").equals("Served a"));
        List<Call> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Call call = start(i % 2 == 0 ? GET : CHAT, i % 3 == 0 ? "hold" : i % 3 == 1 ? "fail" : "a");
            many.add(call);
            if (i % 6 < 3 && i % 3 == 0) {
                call.call.cancel("as asked for", null);
            }
        }
        until(() -> {
            release();
            return many.stream().allMatch(call -> call.end.isDone());
        });
        say("after many", inFlight(0));
        say("error", attribute("LastError"));
    }

    private String get(String text) {
        return start(GET, text).await();
    }

    private void release() {
        for (StreamObserver<String> next = held.poll(); next != null; next = held.poll()) {
            try {
                next.onNext("late");
                next.onCompleted();
            } catch (StatusRuntimeException | IllegalStateException cancelled) {
                // nobody waits for it
            }
        }
    }

    private Call start(MethodDescriptor<String, String> method, String text) {
        return start(method, text, CallOptions.DEFAULT);
    }

    private Call start(MethodDescriptor<String, String> method, String text, CallOptions options) {
        return start(channel, method, text, options);
    }

    static Call start(Channel channel, MethodDescriptor<String, String> method, String text, CallOptions options) {
        ClientCall<String, String> call = channel.newCall(method, options);
        Call started = new Call(call);
        call.start(started, new Metadata());
        call.request(100);
        call.sendMessage(text);
        call.halfClose();
        return started;
    }

    private static void say(String what, Object result) {
        System.out.println(what + ": " + result);
    }

    private static Object inFlight(int expected) throws Exception {
        until(() -> Integer.valueOf(expected).equals(attribute("InFlight")));
        return attribute("InFlight");
    }

    static Object attribute(String name) {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("io.maintenanceagent:type=Maintenance"), name);
        } catch (InstanceNotFoundException notYet) {
            return "not yet";
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    interface Condition {
        boolean holds();
    }

    static void until(Condition condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.holds() && System.nanoTime() - start < PATIENCE_NANOS) {
            Thread.sleep(5);
        }
    }

    private static List<ServerServiceDefinition> services(GrpcLauncher[] launcher) {
        return List.of(
                GrpcWaves.service(),
                ServerServiceDefinition.builder("shop.Orders")
                        .addMethod(GET, ServerCalls.asyncUnaryCall((text, out) -> launcher[0].serve(text, out)))
                        .addMethod(OPEN, ServerCalls.asyncUnaryCall((text, out) -> launcher[0].serve(text, out)))
                        .addMethod(LIST, ServerCalls.asyncServerStreamingCall((text, out) -> {
                            out.onNext("first");
                            launcher[0].serve(text, out);
                        }))
                        .addMethod(PUT, ServerCalls.asyncClientStreamingCall(out -> launcher[0].stream(out)))
                        .addMethod(CHAT, ServerCalls.asyncBidiStreamingCall(out -> launcher[0].stream(out)))
                        .build(),
                ServerServiceDefinition.builder("grpc.health.v1.Health")
                        .addMethod(CHECK, ServerCalls.asyncUnaryCall((text, out) -> launcher[0].serve(text, out)))
                        .build());
    }

    private void serve(String text, StreamObserver<String> out) {
        switch (text) {
            case "hold":
                held.add(out);
                return;
            case "fail":
                throw new IllegalStateException("as asked for");
            case "block":
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    return;
                }
                break;
            default:
        }
        try {
            out.onNext("Served " + text);
            out.onCompleted();
        } catch (StatusRuntimeException cancelled) {
            // nobody waits for it
        }
    }

    private StreamObserver<String> stream(StreamObserver<String> out) {
        return new StreamObserver<>() {
            @Override
            public void onNext(String text) {
                serve(text, out);
            }

            @Override
            public void onError(Throwable cancelled) {}

            @Override
            public void onCompleted() {}
        };
    }

    /** A call of the client, and what becomes of it. */
    static final class Call extends ClientCall.Listener<String> {
        final ClientCall<String, String> call;
        final CompletableFuture<String> end = new CompletableFuture<>();
        private final List<String> messages = new ArrayList<>();

        Call(ClientCall<String, String> call) {
            this.call = call;
        }

        @Override
        public void onMessage(String message) {
            messages.add(message);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            String pushback = trailers.get(Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER));
            end.complete(
                    status.isOk()
                            ? String.join(" ", messages)
                            : pushback == null
                                    ? status.getCode().toString()
                                    : status.getCode() + " " + status.getDescription() + " " + pushback
                                            + header(trailers));
        }

        private static String header(Metadata trailers) {
            String header = trailers.get(Metadata.Key.of("x-maintenance", Metadata.ASCII_STRING_MARSHALLER));
            return header == null ? "" : " " + header;
        }

        String await() {
            return end.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.<String, String>newBuilder()
                .setFullMethodName(name)
                .setType(type)
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
