import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * An agent of the usual kind, for comparison: Byte Buddy's {@code AgentBuilder} finds servlets and filters by their
 * supertypes, and an {@code Advice} that does nothing is woven into them.
 */
public final class BuilderAgent {

    private BuilderAgent() {}

    public static void premain(String options, Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .disableClassFormatChanges()
                .type(ElementMatchers.hasSuperType(ElementMatchers.namedOneOf(
                        "jakarta.servlet.Servlet", "jakarta.servlet.Filter", "jakarta.servlet.FilterChain")))
                .transform((builder, type, loader, module, domain) ->
                        builder.visit(Advice.to(Nothing.class).on(ElementMatchers.namedOneOf("service", "doFilter"))))
                .installOn(instrumentation);
    }

    /** Copied into the methods. */
    static final class Nothing {

        private Nothing() {}

        @Advice.OnMethodEnter
        static long enter() {
            return System.nanoTime();
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter long begun) {}
    }
}
