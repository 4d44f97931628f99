package io.maintenanceagent.cli;

import io.maintenanceagent.instance.InstanceIdentity;
import io.maintenanceagent.match.HostPattern;
import io.maintenanceagent.match.PathPattern;
import io.maintenanceagent.state.Scope;
import io.maintenanceagent.state.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What the maintenance is like that somebody wants. */
final class StateOptions {

    @Option(
            names = {"-m", "--message"},
            paramLabel = "M",
            order = 1,
            description = "What to tell those who are refused.")
    private String message;

    @Option(
            names = "--for",
            paramLabel = "D",
            order = 2,
            description = "How long, from --from on: 90s, 30m, 2h, 1h30m.")
    private String duration;

    @Option(
            names = "--until",
            paramLabel = "T",
            order = 3,
            description = "When it ends by itself: 30m (from now), 22:00 (the next), 2026-11-22T22:00Z.")
    private String until;

    @Option(
            names = "--from",
            paramLabel = "T",
            order = 4,
            description = "When it begins, in the same forms (default: at once).")
    private String from;

    @Option(
            names = "--retry-after",
            paramLabel = "S",
            order = 5,
            description = "When clients are to try again, in seconds. An end counts more.")
    private Integer retryAfter;

    @Option(names = "--read-only", order = 6, description = "Let GET, HEAD, OPTIONS and TRACE pass.")
    private boolean readOnly;

    @Option(names = "--path", paramLabel = "P", order = 7, description = "Only paths like /shop/api/** (repeatable).")
    private List<String> paths = new ArrayList<String>();

    @Option(
            names = "--context",
            paramLabel = "C",
            order = 8,
            description = "Only applications at context paths like /shop (repeatable).")
    private List<String> contexts = new ArrayList<String>();

    @Option(
            names = "--host",
            paramLabel = "H",
            order = 9,
            description = "Only hosts like www.example.com or *.example.com (repeatable).")
    private List<String> hosts = new ArrayList<String>();

    @Option(
            names = "--reason",
            paramLabel = "R",
            order = 10,
            description = "Why, for colleagues; visitors do not see it.")
    private String reason;

    @Option(names = "--by", paramLabel = "WHO", order = 11, description = "Who does it (default: user@host).")
    private String by;

    private Instant begin;
    private Instant end;

    /** Whether an end was asked for. */
    boolean hasEnd() {
        return duration != null || until != null;
    }

    /**
     * @param now the present
     * @return what was asked for
     */
    State state(Instant now) throws UsageException {
        window(now);
        return state(begin, end);
    }

    /** The same with another window. */
    State state(Instant first, Instant last) throws UsageException {
        if (retryAfter != null && retryAfter < 0) {
            throw new UsageException("--retry-after is " + retryAfter + "; allowed: 0 or more seconds");
        }
        return new State.Builder(true)
                .message(message)
                .retryAfter(retryAfter)
                .window(first, last)
                .scope(scope())
                .by(author(by), reason)
                .build();
    }

    private void window(Instant now) throws UsageException {
        if (duration != null && until != null) {
            throw new UsageException("--for and --until exclude each other; give one of them");
        }
        begin = from == null ? null : seconds(Times.instant("--from", from, now, now));
        Instant first = begin == null || begin.isBefore(now) ? now : begin;
        if (duration != null) {
            Duration length = Times.duration("--for", duration);
            end = seconds(first.plus(length));
        } else if (until != null) {
            end = seconds(Times.instant("--until", until, now, first));
        }
        if (end != null && !end.isAfter(now)) {
            throw new UsageException(
                    "the end, " + Times.shown(end, now) + ", is in the past; give a later one, or off");
        }
        if (end != null && begin != null && !begin.isBefore(end)) {
            throw new UsageException(
                    "--until (" + end + ") is not later than --from (" + begin + "); allowed: a later end");
        }
    }

    /** As people read it. Rounded up: nothing ends before its time, and what begins now has a moment left. */
    private static Instant seconds(Instant instant) {
        Instant whole = instant.truncatedTo(ChronoUnit.SECONDS);
        return whole.equals(instant) ? whole : whole.plusSeconds(1);
    }

    private Scope scope() throws UsageException {
        List<PathPattern> pathPatterns = new ArrayList<PathPattern>();
        List<HostPattern> hostPatterns = new ArrayList<HostPattern>();
        try {
            for (String path : paths) {
                pathPatterns.add(PathPattern.parse(path));
            }
            for (String host : hosts) {
                hostPatterns.add(HostPattern.parse(host));
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        List<String> contextPaths = new ArrayList<String>();
        for (String context : contexts) {
            contextPaths.add(contextPath("--context", context));
        }
        return new Scope(readOnly, pathPatterns, hostPatterns, contextPaths);
    }

    /** A context path; {@code ""} for the root context, which people write as a slash. */
    static String contextPath(String option, String text) throws UsageException {
        boolean root = text.isEmpty() || text.equals("/");
        if (!root && (!text.startsWith("/") || text.endsWith("/"))) {
            throw new UsageException(
                    option + " is \"" + text + "\"; allowed: a context path like /shop, or / for the root");
        }
        return root ? "" : text;
    }

    /** Who is at work: the one who says so, else the user of this machine. */
    static String author(String given) {
        return given == null ? System.getProperty("user.name") + "@" + InstanceIdentity.hostName() : given;
    }
}
