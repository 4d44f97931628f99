package io.maintenanceagent.server.undertow;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tells that an exchange of Undertow's has lost its connection, and whoever worked for it has had the time to end.
 *
 * <p>Spring's adapter for Undertow never ends a request whose connection is closed while its body is read and something
 * is to be written: neither Undertow nor the application is told. Its handler may still be at work, which nobody can
 * see, so it has half a minute.
 */
public final class ClosedConnection implements BooleanSupplier {

    private static final String EXCHANGE = "io.undertow.server.HttpServerExchange";
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final WeakReference<Object> exchange;
    private volatile long closedNanos; // 0 while it is open

    private ClosedConnection(Object exchange) {
        this.exchange = new WeakReference<Object>(exchange);
    }

    /**
     * @param exchange a server's, or {@code null}
     * @return what tells; {@code null} if the exchange is none of Undertow's
     */
    public static BooleanSupplier of(Object exchange) {
        return exchange != null && exchange.getClass().getName().equals(EXCHANGE)
                ? new ClosedConnection(exchange)
                : null;
    }

    /** Asked now and then, by any thread; the time runs from the first answer after the connection was closed. */
    @Override
    public boolean getAsBoolean() {
        Object known = exchange.get();
        if (known == null) {
            return true;
        }
        if (UndertowMethods.of(known).isOpen(known)) {
            return false;
        }
        long now = System.nanoTime();
        if (closedNanos == 0) {
            closedNanos = now == 0 ? 1 : now;
        }
        return now - closedNanos > GRACE_NANOS;
    }
}
