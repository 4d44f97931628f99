package io.maintenanceagent.cli.state;

import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateHash;
import io.maintenanceagent.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** How far an instance has taken a state. Immutable. */
public final class InstanceProgress {

    public enum Step {
        /** It enforces the state, and the requests that had to end have ended. */
        DONE,
        /** It enforces the state, and earlier requests still run. */
        DRAINING,
        /** It does not enforce the state yet. */
        WAITING,
        /** It does not follow the store. */
        NEVER,
        /** It has taken the state, and it is not known that requests are refused there. */
        UNENFORCED
    }

    private static final String STORE = "store";
    private static final String ENABLE = "enable";

    private final InstanceReport report;
    private final Step step;
    private final String text;
    private final String detail;

    private InstanceProgress(InstanceReport report, Step step, String text, String detail) {
        this.report = report;
        this.step = step;
        this.text = text;
        this.detail = detail;
    }

    /**
     * @param report the instance report
     * @param target the state to take
     * @param stored whether it is the store's
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public static InstanceProgress of(InstanceReport report, State target, boolean stored, long epochMillis) {
        if (ENABLE.equals(report.source())) {
            String says = report.enabled() == null ? "" : report.enabled() ? "=true" : "=false";
            return new InstanceProgress(
                    report, Step.NEVER, "never follows: its own setting enable" + says + " decides", "");
        }
        if (report.hash() == null) {
            return new InstanceProgress(
                    report, Step.WAITING, "does not tell what it enforces: is its agent too old?", "");
        }
        if (stored && !STORE.equals(report.source()) || !isTaken(report, target)) {
            return new InstanceProgress(report, Step.WAITING, "has not taken the state yet", "");
        }
        if (!target.activeAt(epochMillis) && report.isOverridden()) {
            return new InstanceProgress(report, Step.WAITING, report.override(), "");
        }
        if (!target.activeAt(epochMillis)) {
            return new InstanceProgress(report, Step.DONE, "has taken the state", "");
        }
        if (Boolean.FALSE.equals(report.enforcing())) {
            return new InstanceProgress(
                    report,
                    Step.UNENFORCED,
                    "is not known to refuse requests" + (report.unenforced() == null ? "" : ": " + report.unenforced()),
                    "");
        }
        if (Boolean.FALSE.equals(report.maintenance())) {
            return new InstanceProgress(
                    report, Step.WAITING, "has taken the state, but not begun: is its clock right?", "");
        }
        return Boolean.TRUE.equals(report.drained())
                ? new InstanceProgress(report, Step.DONE, "in maintenance, drained", "")
                : draining(report);
    }

    /** The progress of all instances of a store; {@code stored} as above. */
    public static List<InstanceProgress> all(StateSwitch store, State target, boolean stored)
            throws CommandFailedException {
        long now = System.currentTimeMillis();
        List<InstanceProgress> instances = new ArrayList<InstanceProgress>();
        for (InstanceReport report : store.instances()) {
            instances.add(of(report, target, stored, now));
        }
        return instances;
    }

    /** Whether it has taken the state; an older agent enforces a state without the members that it does not know. */
    private static boolean isTaken(InstanceReport report, State target) {
        return StateHash.of(target).equals(report.hash())
                || !report.isOfThisVersion() && report.statesAllButUnknown(StateWriter.toJson(target));
    }

    private static InstanceProgress draining(InstanceReport report) {
        Long busy = report.blocking();
        List<String> running = new ArrayList<String>();
        if (busy != null && busy > 0) {
            running.add(busy + (busy == 1 ? " request" : " requests"));
        }
        running.addAll(report.work().blocking());
        String text = running.isEmpty() ? "requests may be running" : String.join(", ", running) + " running";
        List<String> oldest = new ArrayList<String>();
        if (busy != null && busy > 0 && report.oldest() != null) {
            oldest.add(report.oldest());
        }
        oldest.addAll(report.work().oldest());
        String detail = oldest.isEmpty() ? "" : ", oldest " + String.join(", ", oldest);
        return new InstanceProgress(report, Step.DRAINING, text, detail);
    }

    public InstanceReport report() {
        return report;
    }

    public Step step() {
        return step;
    }

    /** Whether it enforces the state. */
    public boolean isEnforcing() {
        return step == Step.DONE || step == Step.DRAINING;
    }

    /** What it does, without counts and times. */
    public String brief() {
        return report.label() + ": " + text;
    }

    /** What it does. */
    public String full() {
        return brief() + detail;
    }
}
