package io.maintenanceagent.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.maintenanceagent.attach.ActiveAgent;
import io.maintenanceagent.attach.AttachException;
import io.maintenanceagent.attach.Jvm;
import io.maintenanceagent.attach.Jvms;
import io.maintenanceagent.cli.state.StatusText;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.ExitCode;
import io.maintenanceagent.cli.terminal.JsonWriter;
import io.maintenanceagent.cli.terminal.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code list}: shows the JVMs on this machine, and whether the agent is in them. */
@Command(
        name = "list",
        sortOptions = false,
        header = "Show the JVMs on this machine, and whether the agent is in them.",
        customSynopsis = "java -jar maintenance-agent.jar list [OPTION]...",
        description = {
            "",
            "Each is asked, and nothing is loaded into any. The JVMs of other users, and",
            "those that do not answer, are shown with the reason.",
            ""
        })
public final class ListCommand implements Callable<Integer> {

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;
    private final Terminal terminal;

    /** @param console what it writes to */
    public ListCommand(Console console) {
        this.console = console;
        this.terminal = console.out();
    }

    @Override
    public Integer call() throws CommandFailedException {
        List<Jvm> jvms = new ArrayList<Jvm>();
        try {
            jvms.addAll(Jvms.all());
        } catch (AttachException e) {
            throw new CommandFailedException(e.getMessage() + "; " + e.workaround(), e);
        }
        if (json.isWanted()) {
            console.say(JsonWriter.object(out -> write(jvms, out)));
        } else if (jvms.isEmpty()) {
            console.say("No other JVM is running here.");
        } else {
            tell(jvms);
        }
        return ExitCode.DONE;
    }

    private void tell(List<Jvm> jvms) {
        List<String[]> rows = new ArrayList<String[]>();
        rows.add(new String[] {"PID", "USER", "JAVA", "AGENT", "STATE", "WOVEN", "APP", "STORE", "FILE", "RUNS"});
        for (Jvm jvm : jvms) {
            ActiveAgent agent = jvm.agent();
            String none = jvm.problem() == null ? "-" : "?";
            rows.add(new String[] {
                Long.toString(jvm.pid()),
                jvm.user(),
                jvm.java() == null ? "?" : Terminal.clean(jvm.java()),
                agent == null ? none : Terminal.clean(agent.version()),
                agent == null ? none : Terminal.clean(agent.state()),
                agent == null ? none : Integer.toString(agent.woven()),
                agent == null ? none : told(agent.app()),
                agent == null ? none : told(agent.store()),
                agent == null ? none : told(agent.file()),
                Terminal.clean(jvm.runs())
            });
        }
        List<String> lines = StatusText.columns(rows);
        console.say(terminal.faint(lines.get(0)));
        for (String line : lines.subList(1, lines.size())) {
            console.say(line);
        }
        for (Jvm jvm : jvms) {
            if (jvm.agent() != null && jvm.agent().unenforced() != null) {
                console.say(terminal.yellow("! " + jvm.pid() + " is not known to refuse requests: "
                        + Terminal.clean(jvm.agent().unenforced())));
            }
        }
        for (Map.Entry<String, List<String>> problem : problems(jvms).entrySet()) {
            String pids = String.join(", ", problem.getValue());
            console.say(terminal.yellow("! " + pids + " " + Terminal.clean(problem.getKey())));
        }
    }

    /** One line for all JVMs with the same problem: a user who is not root may see many of root's. */
    private static Map<String, List<String>> problems(List<Jvm> jvms) {
        Map<String, List<String>> problems = new LinkedHashMap<String, List<String>>();
        for (Jvm jvm : jvms) {
            if (jvm.problem() != null) {
                problems.computeIfAbsent(jvm.problem(), same -> new ArrayList<>())
                        .add(Long.toString(jvm.pid()));
            }
        }
        return problems;
    }

    private static String told(String text) {
        return text == null ? "-" : Terminal.clean(text);
    }

    private static void write(List<Jvm> jvms, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("jvms");
        for (Jvm jvm : jvms) {
            out.writeStartObject();
            out.writeNumberField("pid", jvm.pid());
            out.writeStringField("user", jvm.user());
            out.writeStringField("runs", jvm.runs());
            JsonWriter.optional(out, "java", jvm.java());
            JsonWriter.optional(out, "problem", jvm.problem());
            if (jvm.agent() != null) {
                out.writeObjectFieldStart("agent");
                out.writeStringField("version", jvm.agent().version());
                out.writeStringField("way", jvm.agent().way());
                JsonWriter.optional(out, "app", jvm.agent().app());
                JsonWriter.optional(out, "store", jvm.agent().store());
                JsonWriter.optional(out, "file", jvm.agent().file());
                out.writeStringField("state", jvm.agent().state());
                out.writeNumberField("woven", jvm.agent().woven());
                JsonWriter.optional(out, "unenforced", jvm.agent().unenforced());
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
