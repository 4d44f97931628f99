package io.maintenanceagent.cli.command;

import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.Times;
import io.maintenanceagent.cli.terminal.UsageException;
import io.maintenanceagent.match.HostPattern;
import io.maintenanceagent.match.PathPattern;
import io.maintenanceagent.state.Admit;
import io.maintenanceagent.state.Hold;
import io.maintenanceagent.state.Scope;
import io.maintenanceagent.state.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that describe maintenance. */
final class StateOptions {

    @Option(
            names = {"-m", "--message"},
            paramLabel = "M",
            order = 1,
            description = "What to tell those who are refused.")
    private String message;

    @ArgGroup
    private End end;

    /** The end: a duration or an instant, or none. */
    static final class End {

        @Option(
                names = "--for",
                paramLabel = "D",
                order = 2,
                description = "How long, from --from on: 90s, 30m, 2h, 1h30m.")
        private Duration length;

        @Option(
                names = "--until",
                paramLabel = "T",
                order = 3,
                description = "When it ends by itself: 30m (from now), 22:00 (the next), 2026-11-22T22:00Z.")
        private Moment until;
    }

    @Option(
            names = "--from",
            paramLabel = "T",
            order = 4,
            description = "When it begins, in the same forms (default: at once).")
    private Moment from;

    @Option(
            names = "--retry-after",
            paramLabel = "S",
            order = 5,
            description = "When clients are to try again, in seconds. An end counts more.")
    private Integer retryAfter;

    @Option(names = "--read-only", order = 6, description = "Let GET, HEAD, OPTIONS and TRACE pass.")
    private boolean readOnly;

    @Option(names = "--path", paramLabel = "P", order = 7, description = "Only paths like /shop/api/** (repeatable).")
    private List<PathPattern> paths = new ArrayList<PathPattern>();

    @Option(
            names = "--context",
            paramLabel = "C",
            order = 8,
            description = "Only applications at context paths like /shop (repeatable).")
    private List<ContextPath> contexts = new ArrayList<ContextPath>();

    @Option(
            names = "--host",
            paramLabel = "H",
            order = 9,
            description = "Only hosts like www.example.com or *.example.com (repeatable).")
    private List<HostPattern> hosts = new ArrayList<HostPattern>();

    @Option(
            names = "--hold",
            paramLabel = "D",
            order = 12,
            description = "For so long after it begins requests wait for its end instead of being refused: 10s.")
    private Duration hold;

    @Option(
            names = "--hold-requests",
            paramLabel = "N",
            order = 13,
            description = "How many wait at the most in each JVM, with --hold (default: 100).")
    private Integer holdRequests;

    @Option(names = "--admit", paramLabel = "N%", order = 14, description = "Let a share of the clients in, like 10%%.")
    private Percent admit;

    @Mixin
    private final AuthorOptions author;

    StateOptions(Console console) {
        this.author = new AuthorOptions(console);
    }

    /**
     * Returns the state that the options ask for.
     *
     * @param now the present
     */
    State state(Instant now) throws UsageException {
        ZoneId zone = ZoneId.systemDefault();
        Instant begins = from == null ? null : seconds(from.resolve(now, now, zone));
        Instant first = begins == null || begins.isBefore(now) ? now : begins;
        Instant ends = null;
        if (end != null) {
            ends = seconds(end.length != null ? first.plus(end.length) : end.until.resolve(now, first, zone));
        }
        if (ends != null && !ends.isAfter(now)) {
            throw new UsageException(
                    "the end, " + Times.shown(ends, now) + ", is in the past; give a later one, or off");
        }
        if (ends != null && begins != null && !begins.isBefore(ends)) {
            throw new UsageException(
                    "--until (" + ends + ") is not later than --from (" + begins + "); allowed: a later end");
        }
        return state(begins, ends);
    }

    /** The same with another window. */
    State state(Instant first, Instant last) throws UsageException {
        if (retryAfter != null && retryAfter < 0) {
            throw new UsageException("--retry-after is " + retryAfter + "; allowed: 0 or more seconds");
        }
        if (holdRequests != null && hold == null) {
            throw new UsageException("--hold-requests is how many requests wait with --hold; give that too");
        }
        if (holdRequests != null && holdRequests < 1) {
            throw new UsageException("--hold-requests is " + holdRequests + "; allowed: 1 or more");
        }
        List<String> contextPaths = new ArrayList<String>();
        for (ContextPath context : contexts) {
            contextPaths.add(context.path());
        }
        return new State.Builder(true)
                .message(message)
                .retryAfter(retryAfter)
                .window(first, last)
                .scope(new Scope(readOnly, paths, hosts, contextPaths))
                .by(author.by(), author.reason())
                .hold(hold())
                .admit(admit == null ? null : Admit.percent(admit.value()))
                .build();
    }

    private Hold hold() {
        return hold == null
                ? null
                : new Hold(
                        (int) Math.min(Integer.MAX_VALUE, hold.getSeconds()),
                        holdRequests == null ? Hold.DEFAULT_REQUESTS : holdRequests);
    }

    /** Rounds up to whole seconds, so that nothing ends before its time. */
    private static Instant seconds(Instant instant) {
        Instant whole = instant.truncatedTo(ChronoUnit.SECONDS);
        return whole.equals(instant) ? whole : whole.plusSeconds(1);
    }
}
