import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.State;
import io.maintenanceagent.store.StateStores;
import io.maintenanceagent.store.StateWatcher;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many instances that follow one store, each with a store, connections and a thread of its own. Prints {@code ALL
 * message micros} when the last of them has a state with this message ({@code none}: no state), and {@code LOST by
 * name} when one has a state no more, and {@code BACK to message} when one has an older one than before: messages have
 * numbers that grow. {@code NEVER message} is about a state that nobody should have.
 *
 * <p>Arguments: the store's URI, how many instances, the time to live of their reports in milliseconds.
 */
final class Fleet implements StateWatcher.Listener {

    private static final Map<String, AtomicInteger> HAVE_SEEN = new ConcurrentHashMap<>();
    private static final ScheduledExecutorService REPORTERS = Executors.newScheduledThreadPool(32);
    private static int instances;
    private static long ttlMillis;

    private final StateStore store;
    private final String name;
    private boolean hadState;
    private int newest;
    private boolean reports;
    private volatile boolean reachable;

    private Fleet(StateStore store, String name) {
        this.store = store;
        this.name = name;
    }

    public static void main(String[] args) {
        instances = Integer.parseInt(args[1]);
        ttlMillis = Long.parseLong(args[2]);
        for (int i = 0; i < instances; i++) {
            StateStore store = new StateStores(List.of()).open(URI.create(args[0]));
            String name = "instance-" + ProcessHandle.current().pid() + "-" + i;
            ErrorReporter silent = new ErrorReporter(new PrintStream(OutputStream.nullOutputStream()));
            new Thread(new StateWatcher(store, "nothing decides", new Fleet(store, name), silent), name).start();
        }
    }

    @Override
    public void stored(State stored) {
        if (stored == null && hadState) {
            System.out.println("LOST by " + name);
        }
        hadState = stored != null;
        String message = stored == null ? "none" : stored.message();
        int number = Integer.parseInt("0" + message.replaceAll("[^0-9]", ""));
        if (stored != null && number < newest) {
            System.out.println("BACK to " + message + " from " + newest + " by " + name);
        }
        if (message != null && message.startsWith("never")) {
            System.out.println("NEVER " + message + " by " + name);
        }
        newest = Math.max(newest, number);
        AtomicInteger seen = HAVE_SEEN.computeIfAbsent(message, any -> new AtomicInteger());
        if (seen.incrementAndGet() == instances) {
            HAVE_SEEN.remove(message);
            System.out.println("ALL " + message + " " + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        }
    }

    @Override
    public void polled(boolean reachable) {
        this.reachable = reachable;
        if (reachable && !reports) {
            reports = true;
            long period = ttlMillis / 3;
            long first = ThreadLocalRandom.current().nextLong(period);
            REPORTERS.scheduleAtFixedRate(this::report, first, period, TimeUnit.MILLISECONDS);
        }
    }

    /** Not on the thread that watches, as in an agent. */
    private void report() {
        if (reachable) {
            try {
                store.instances().report(name, "{\"app\":\"fleet\"}".getBytes(StandardCharsets.UTF_8), ttlMillis);
            } catch (IOException e) {
                System.out.println("FAILED " + e.getMessage());
            }
        }
    }
}
