package io.maintenanceagent.tests.messages;

import io.maintenanceagent.tests.harness.FreePorts;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A version of Spring JMS and a broker. */
enum JmsCell {
    SPRING_6_ACTIVEMQ("jms-6", false),
    SPRING_6_ACTIVEMQ_TRANSACTED("jms-6", true),
    SPRING_7_ARTEMIS("jms-7", false),
    SPRING_7_ARTEMIS_TRANSACTED("jms-7", true),
    SPRING_3_ACTIVEMQ("jms-3", false),
    SPRING_4_ACTIVEMQ("jms-4", true),
    SPRING_5_ACTIVEMQ("jms-5", false);

    private final String jars;
    private final boolean transacted;

    JmsCell(String jars, boolean transacted) {
        this.jars = jars;
        this.transacted = transacted;
    }

    /** The first one; all of them with the profile {@code work}, or those that {@code -Dwork.cells=REGEX} names. */
    static Stream<JmsCell> tried() {
        return Programs.tried(SPRING_6_ACTIVEMQ, values());
    }

    private boolean isArtemis() {
        return jars.equals("jms-7");
    }

    private List<Path> jars() {
        List<Path> all = new ArrayList<>(Project.serverJars(jars));
        if (jars.matches("jms-[345]")) {
            all.addAll(Project.serverJars("activemq-5"));
        }
        return all;
    }

    /** Starts a broker. */
    Worker broker() {
        String program = isArtemis() ? "ArtemisServer" : "JmsServer";
        return Worker.start(Programs.command(program, jars(), text -> text).main(program, "" + FreePorts.one()));
    }

    /** The containers, without the agent. */
    JavaCommand worker(int port, String asked, String given) {
        return Programs.command("JmsWorker", jars(), this::rewrite)
                .main("JmsWorker", "tcp://127.0.0.1:" + port, "" + transacted, asked, given);
    }

    private String rewrite(String source) {
        if (isArtemis()) {
            return source.replace(
                    "org.apache.activemq.ActiveMQConnectionFactory",
                    "org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory");
        }
        return jars.equals("jms-6") ? source : source.replace("import jakarta.jms", "import javax.jms");
    }

    /** What the broker says of a queue that got some messages, of which some were acknowledged, by one consumer. */
    String counts(int sent, int acknowledged) {
        return sent + " " + acknowledged + " 1";
    }
}
