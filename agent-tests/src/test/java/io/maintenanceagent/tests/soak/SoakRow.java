package io.maintenanceagent.tests.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came of one server, as a line of the page; runs of the same server can be added.
 *
 * @param server the server and its JDK
 * @param counts as many as {@link #COUNTS}
 * @param latencies of a flip, until "drained", of a refusal: each the median, the 99th percentile and the longest, in
 *     milliseconds; of several runs, the worst of each
 * @param commits the dates of the commits that were tried
 * @param days when
 */
record SoakRow(String server, List<Long> counts, List<List<Double>> latencies, String commits, String days) {

    private static final List<String> COUNTS =
            List.of("trials", "\"drained\" said", "wrong", "flips", "served", "refused", "aborted", "odd");
    private static final List<String> BOLD = List.of("wrong", "odd");
    private static final List<String> LATENCIES = List.of("flip, ms", "drained, ms", "refusal, ms");

    /** The table's head. */
    static String head() {
        List<String> head = new ArrayList<>(List.of("server"));
        head.addAll(COUNTS);
        head.addAll(LATENCIES);
        head.addAll(List.of("code of", "run on"));
        return line(head) + "\n" + line(head.stream().map(column -> "---").toList());
    }

    /** What {@link #text} has written. */
    static SoakRow parse(String line) {
        List<String> cells =
                List.of(line.substring(2, line.length() - 2).replace("*", "").split(" \\| "));
        int latencies = 1 + COUNTS.size();
        int rest = latencies + LATENCIES.size();
        return new SoakRow(
                cells.get(0),
                cells.subList(1, latencies).stream().map(Long::valueOf).toList(),
                cells.subList(latencies, rest).stream().map(SoakRow::numbers).toList(),
                cells.get(rest),
                cells.get(rest + 1));
    }

    private static List<Double> numbers(String cell) {
        return cell.equals("none")
                ? List.of()
                : List.of(cell.split(" / ")).stream().map(Double::valueOf).toList();
    }

    /** Of this run and another one of the same server. */
    SoakRow plus(SoakRow other) {
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            sums.add(counts.get(i) + other.counts.get(i));
        }
        List<List<Double>> worst = new ArrayList<>();
        for (int i = 0; i < latencies.size(); i++) {
            worst.add(worst(latencies.get(i), other.latencies.get(i)));
        }
        return new SoakRow(server, sums, worst, both(commits, other.commits), both(days, other.days));
    }

    private static List<Double> worst(List<Double> these, List<Double> those) {
        if (these.isEmpty() || those.isEmpty()) {
            return these.isEmpty() ? those : these;
        }
        List<Double> worst = new ArrayList<>();
        for (int i = 0; i < these.size(); i++) {
            worst.add(Math.max(these.get(i), those.get(i)));
        }
        return worst;
    }

    private static String both(String these, String those) {
        return List.of(these.split(", ")).contains(those) ? these : these + ", " + those;
    }

    String text() {
        List<String> cells = new ArrayList<>(List.of(server));
        for (int i = 0; i < COUNTS.size(); i++) {
            String bold = BOLD.contains(COUNTS.get(i)) ? "**" : "";
            cells.add(bold + counts.get(i) + bold);
        }
        for (List<Double> latency : latencies) {
            cells.add(
                    latency.isEmpty()
                            ? "none"
                            : latency.stream()
                                    .map(number -> String.format(Locale.ROOT, number < 100 ? "%.1f" : "%.0f", number))
                                    .collect(Collectors.joining(" / ")));
        }
        cells.add(commits);
        cells.add(days);
        return line(cells);
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
