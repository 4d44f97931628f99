package io.maintenanceagent.entrypoint;

/** A kind of work that is no request. */
public enum WorkKind {
    /** Jobs that a scheduler starts. */
    SCHEDULES("schedules", "schedule"),
    /** Messages that a consumer takes from a broker. */
    MESSAGES("messages", "message"),
    /** What is written to a database by JDBC. */
    JDBC("jdbc", "jdbc");

    private final String guard;
    private final String rule;

    WorkKind(String guard, String rule) {
        this.guard = guard;
        this.rule = rule;
    }

    /** Returns its name in the setting {@code guard}, in a policy's {@code work}, in reports and in JMX. */
    public String guard() {
        return guard;
    }

    /** Returns the member of a policy's rule that names classes of it, and the option of {@code explain}. */
    public String rule() {
        return rule;
    }
}
