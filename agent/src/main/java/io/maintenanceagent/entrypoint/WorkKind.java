package io.maintenanceagent.entrypoint;

/** A kind of work that is no request. */
public enum WorkKind {
    /** Jobs that a scheduler starts. */
    SCHEDULES("schedules", "schedule", "job"),
    /** Messages that a consumer takes from a broker. */
    MESSAGES("messages", "message", "message"),
    /** What is written to a database by JDBC. */
    JDBC("jdbc", "jdbc", "transaction");

    private final String guard;
    private final String rule;
    private final String unit;

    WorkKind(String guard, String rule, String unit) {
        this.guard = guard;
        this.rule = rule;
        this.unit = unit;
    }

    /** Returns its name in the setting {@code guard}, in a policy's {@code work}, in reports and in JMX. */
    public String guard() {
        return guard;
    }

    /** Returns the member of a policy's rule that names classes of it, and the option of {@code explain}. */
    public String rule() {
        return rule;
    }

    /** Returns what people call a unit of it. */
    public String unit() {
        return unit;
    }
}
