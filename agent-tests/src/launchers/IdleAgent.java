/** An agent that does nothing, for comparison. */
final class IdleAgent {

    private IdleAgent() {}

    public static void premain(String options) {}
}
