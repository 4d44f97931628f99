package io.maintenanceagent.tests.messages;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Project;

/** A version of Spring AMQP. */
enum RabbitCell {
    SPRING_3("rabbit-3"),
    SPRING_1("rabbit-1"),
    SPRING_2("rabbit-2"),
    SPRING_4("rabbit-4");

    private final String jars;

    RabbitCell(String jars) {
        this.jars = jars;
    }

    /** Whether it has the direct container. */
    boolean isDirect() {
        return this != SPRING_1;
    }

    /** The containers, without the agent. */
    JavaCommand worker(int port) {
        return Programs.command("RabbitWorker", Project.serverJars(jars), text -> text)
                .main("RabbitWorker", "" + port);
    }
}
