import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/** An agent that does nothing, for comparison; with the option {@code look}, it is shown every class. */
final class IdleAgent {

    private IdleAgent() {}

    public static void premain(String options, Instrumentation instrumentation) {
        if ("look".equals(options)) {
            instrumentation.addTransformer(new Nothing(), true);
        }
    }

    /** Leaves every class as it is. */
    private static final class Nothing implements ClassFileTransformer {
        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] classFile) {
            return null;
        }
    }
}
