package io.maintenanceagent.tests.harness;

/** The two names of the servlet API. */
public enum Namespace {
    JAVAX,
    JAKARTA;

    /** Turns a source written for javax into one for this namespace. */
    public String rewrite(String javaxSource) {
        return this == JAVAX ? javaxSource : javaxSource.replace("javax.servlet", "jakarta.servlet");
    }
}
