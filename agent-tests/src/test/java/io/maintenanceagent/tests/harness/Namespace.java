package io.maintenanceagent.tests.harness;

/** The two names of the platform's APIs. */
public enum Namespace {
    JAVAX,
    JAKARTA;

    /** Turns a source written for javax into one for this namespace. */
    public String rewrite(String javaxSource) {
        return this == JAVAX
                ? javaxSource
                : javaxSource.replaceAll(
                        "javax\\.(servlet|websocket|ejb|jms|annotation\\.Resource|transaction\\.UserTransaction)\\b",
                        "jakarta.$1");
    }
}
