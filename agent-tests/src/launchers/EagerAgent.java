/**
 * An agent that loads and links classes before the application's first one is. Argument: their names, separated by
 * {@code :}.
 */
final class EagerAgent {

    private EagerAgent() {}

    public static void premain(String names) throws ClassNotFoundException {
        for (String name : names.split(":")) {
            Class.forName(name, true, ClassLoader.getSystemClassLoader()).getDeclaredMethods();
        }
    }
}
