package io.maintenanceagent.cli.command;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.cli.state.CurrentState;
import io.maintenanceagent.cli.state.LoadedPolicy;
import io.maintenanceagent.cli.state.StateSwitch;
import io.maintenanceagent.cli.state.StoreContent;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.ExitCode;
import io.maintenanceagent.cli.terminal.JsonWriter;
import io.maintenanceagent.cli.terminal.Terminal;
import io.maintenanceagent.cli.terminal.UsageException;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.match.Network;
import io.maintenanceagent.policy.Decider;
import io.maintenanceagent.policy.Decision;
import io.maintenanceagent.policy.Explanation;
import io.maintenanceagent.policy.Refusal;
import io.maintenanceagent.policy.WorkPolicy;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: decides a request by the agent's own code, and prints the steps. */
@Command(
        name = "explain",
        sortOptions = false,
        header = "Tell what would become of a request, or of other work, and why.",
        customSynopsis = "java -jar maintenance-agent.jar explain [OPTION]... METHOD URL",
        description = {
            "",
            "Decides as the agents do, by the same code, from the policy and the state that",
            "there are, or that you give. URL is http://host/path, or only /path. Changes",
            "nothing and asks no server.",
            ""
        },
        footer = {
            "",
            "  explain GET /shop/health --context /shop",
            "  explain --state on POST https://www.example.com/shop/order",
            "  explain --address 10.0.0.7 -H 'X-Forwarded-For: 192.0.2.1' GET /shop/",
            "  explain --state on --schedule com.acme.Nightly"
        })
public final class ExplainCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "METHOD", hidden = true)
    private String method;

    @Parameters(index = "1", arity = "0..1", paramLabel = "URL", hidden = true)
    private String url;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "H",
            order = 1,
            description = "A header, \"Name: value\" (repeatable).")
    private List<String> headers = new ArrayList<String>();

    @Option(
            names = "--address",
            paramLabel = "IP",
            order = 2,
            description = "Where the connection comes from, a proxy perhaps (default: unknown).")
    private String address;

    @Option(
            names = "--context",
            paramLabel = "C",
            order = 3,
            description = "The application's context path, like /shop (default: the root). Presets count within it.")
    private ContextPath context;

    @Option(
            names = "--welcome-file",
            paramLabel = "W",
            order = 4,
            description = "The file that the container serves for the directory URL, like index.html.")
    private String welcomeFile;

    @Option(names = "--servlet", paramLabel = "S", order = 5, description = "The servlet's name or class.")
    private String servlet;

    @Option(
            names = "--annotation",
            paramLabel = "A",
            order = 6,
            description = "The class name of an annotation that the servlet has (repeatable).")
    private List<String> annotations = new ArrayList<String>();

    @Option(names = "--role", paramLabel = "R", order = 7, description = "A role that the user has (repeatable).")
    private List<String> roles = new ArrayList<String>();

    @Option(
            names = "--state",
            paramLabel = "S",
            order = 8,
            description = "A state in place of the one there is: on, off, or JSON.")
    private String state;

    @Option(
            names = "--policy",
            paramLabel = "F",
            order = 9,
            description = "The policy file (default: $MAINTENANCE_POLICY, else none).")
    private String policy;

    @Mixin
    private final DescribedWork work = new DescribedWork();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final StoreOptions where;

    private final Console console;

    /** @param console what it writes to */
    public ExplainCommand(Console console) {
        this.console = console;
        this.where = new StoreOptions(console);
    }

    @Override
    public Integer call() throws Exception {
        WorkKind kind = work.kind();
        DescribedRequest request = kind == null ? request() : null;
        if (kind != null && method != null) {
            throw new UsageException("--" + kind.rule() + " stands in place of METHOD and URL");
        }
        where.policy(policy);
        Settings settings = where.settings();
        ErrorReporter errors = console.errors();
        try {
            Extensions extensions = new Extensions(settings.extensions(), errors);
            LoadedPolicy rules = LoadedPolicy.read(settings, extensions, console.environment(), errors);
            EffectiveState effective = state(settings, extensions);
            if (kind == null) {
                explain(request, rules, extensions.exemptions(), effective);
            } else {
                explain(kind, rules, effective);
            }
            return ExitCode.DONE;
        } finally {
            errors.flush();
        }
    }

    private DescribedRequest request() throws UsageException {
        if (url == null) {
            throw new UsageException("Missing required parameters: METHOD and URL, or --schedule, --message or --jdbc");
        }
        DescribedRequest request = new DescribedRequest(method, url);
        for (String header : headers) {
            request.addHeader(header);
        }
        if (context != null) {
            request.setContext(context.path());
        }
        if (welcomeFile != null) {
            request.setWelcomeFile(welcomeFile);
        }
        if (address != null) {
            try {
                Network.parse(address);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--address: " + e.getMessage());
            }
            request.setAddress(address);
        }
        request.setServlet(servlet);
        annotations.forEach(request::addAnnotation);
        roles.forEach(request::addRole);
        return request;
    }

    private EffectiveState state(Settings settings, Extensions extensions)
            throws UsageException, CommandFailedException {
        if (state == null) {
            try (StateStore store = where.open(settings, extensions)) {
                return CurrentState.read(new StateSwitch(store), settings.env(), console.environment())
                        .effective();
            }
        }
        StoreContent given = StoreContent.of(state.getBytes(StandardCharsets.UTF_8));
        if (given.state() == null) {
            throw new UsageException("--state " + given.problem().replace(StoreContent.STAYS, ""));
        }
        return EffectiveState.of(null, given.state(), null);
    }

    private void explain(
            DescribedRequest request, LoadedPolicy rules, List<Exemption> exemptions, EffectiveState effective) {
        long now = System.currentTimeMillis();
        State holds = effective.state();
        Explanation explanation = new Explanation();
        Decider decider =
                new Decider(rules.policy().withAnnotations(), holds, false, String.valueOf(holds.window()), exemptions);
        Decision decision = decider.decide(request, now, explanation);
        Refusal refusal = decision.refusal();
        RenderedResponse reply = refusal == null || refusal.link() != null
                ? null
                : rules.responses()
                        .answersIn(refusal.notice() == Refusal.Notice.STATE ? holds : State.ON)
                        .get(refusal.responseRule() + 1)
                        .to(request, now, refusal.turnMillis());
        String word = reply != null ? "refused" : decision.isStopped() ? "redirected" : "passes";
        if (json.isWanted()) {
            console.say(json(decision, word, explanation, reply));
            return;
        }
        show(rules, effective, explanation, now);
        Terminal terminal = console.out();
        String what = method + " " + url + " " + word + (reply == null ? "" : ": " + told(reply));
        console.say(reply == null ? terminal.green(Terminal.clean(what)) : terminal.red(Terminal.clean(what)));
    }

    private void explain(WorkKind kind, LoadedPolicy rules, EffectiveState effective) {
        long now = System.currentTimeMillis();
        Explanation explanation = new Explanation();
        WorkPolicy policy = rules.policy().work();
        Decision decision = work.decide(kind, policy, effective.state(), now, explanation);
        String word = DescribedWork.word(kind, policy, decision);
        if (json.isWanted()) {
            console.say(json(decision, word, explanation, null));
            return;
        }
        show(rules, effective, explanation, now);
        String what = Terminal.clean(work.label(kind) + " " + word);
        console.say(
                decision.isStopped() ? console.out().red(what) : console.out().green(what));
    }

    private void show(LoadedPolicy rules, EffectiveState effective, Explanation explanation, long now) {
        String source = state != null ? "given" : effective.source().word();
        console.say("State    " + effective.state().wordAt(now) + " (" + source + ")");
        console.say("Policy   " + rules.name());
        for (String step : explanation.steps()) {
            console.say("         " + Terminal.clean(step));
        }
    }

    private static String told(RenderedResponse reply) {
        String retry = reply.header("Retry-After");
        return reply.status()
                + (retry == null ? "" : ", Retry-After: " + retry)
                + (reply.contentType() == null ? "" : ", " + reply.contentType());
    }

    private static String json(Decision decision, String word, Explanation explanation, RenderedResponse reply) {
        return JsonWriter.object(out -> {
            out.writeStringField("decision", word);
            out.writeNumberField("level", decision.kind().level());
            out.writeStringField("kind", decision.kind().name());
            out.writeArrayFieldStart("steps");
            for (String step : explanation.steps()) {
                out.writeString(step);
            }
            out.writeEndArray();
            if (reply != null) {
                out.writeObjectFieldStart("response");
                out.writeNumberField("status", reply.status());
                out.writeObjectFieldStart("headers");
                for (int i = 0; i < reply.headers().length; i += 2) {
                    out.writeStringField(reply.headers()[i], reply.headers()[i + 1]);
                }
                out.writeEndObject();
                JsonWriter.optional(out, "contentType", reply.contentType());
                out.writeEndObject();
            }
        });
    }
}
