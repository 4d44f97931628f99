package io.maintenanceagent.server.netty;

import io.maintenanceagent.response.PreparedResponse;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.state.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Stands where the hook stands: refuses what is below {@code /closed}, and keeps what was let in until it is over. */
public final class RefusingHook {

    /** What requests are known by that run. */
    static final List<Object> RUNNING = new ArrayList<>();

    private RefusingHook() {}

    public static boolean enterAt(String place, Object first, Object second, Object third) {
        Exchange exchange = (Exchange) first;
        if (!exchange.request().path().startsWith("/closed")) {
            RUNNING.add(exchange.completion());
            return false;
        }
        try {
            exchange.response()
                    .send(
                            exchange.request(),
                            PreparedResponse.of(State.ON).to(exchange.request(), System.currentTimeMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    public static void exit() {}

    public static void exit(Throwable thrown) {}

    /** Once for each. */
    public static void completed(Object request) {
        if (!RUNNING.remove(request)) {
            throw new IllegalStateException("is over, and was not running");
        }
    }
}
