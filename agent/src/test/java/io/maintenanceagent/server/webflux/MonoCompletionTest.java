package io.maintenanceagent.server.webflux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class MonoCompletionTest {

    private final List<String> ends = new ArrayList<>();

    private Mono<?> tracked(Mono<?> mono) {
        return (Mono<?>) new MonoCompletion(() -> ends.add("end")).of(mono);
    }

    @Test
    void completed_endsOnce() {
        assertEquals("value", tracked(Mono.just("value")).block());
        assertEquals(List.of("end"), ends);
    }

    @Test
    void failed_endsOnce_andTheErrorIsTold() {
        List<String> told = new ArrayList<>();
        tracked(Mono.error(new IllegalStateException("as asked")))
                .subscribe(value -> {}, e -> told.add(e.getMessage()));
        assertEquals(List.of("as asked"), told);
        assertEquals(List.of("end"), ends);
    }

    @Test
    void cancelled_endsOnce() {
        Disposable subscribed = tracked(Mono.never()).subscribe();
        assertEquals(List.of(), ends);
        subscribed.dispose();
        subscribed.dispose();
        assertEquals(List.of("end"), ends);
    }

    @Test
    void dropped_onlyWhenNobodyCanTellTheEnd() throws Exception {
        Sinks.One<Object> sink = Sinks.one();
        BooleanSupplier dropped = subscribed(sink);
        collect();
        assertFalse(dropped.getAsBoolean());
        sink.tryEmitValue("value");
        assertEquals(List.of("end"), ends);

        BooleanSupplier never = subscribed(Sinks.one());
        for (int i = 0; i < 200 && !never.getAsBoolean(); i++) {
            collect();
        }
        assertTrue(never.getAsBoolean());
    }

    private BooleanSupplier subscribed(Sinks.One<?> sink) {
        MonoCompletion completion = new MonoCompletion(() -> ends.add("end"));
        ((Mono<?>) completion.of(sink.asMono())).subscribe();
        return completion.dropped();
    }

    private static void collect() throws InterruptedException {
        System.gc();
        Thread.sleep(5);
    }
}
