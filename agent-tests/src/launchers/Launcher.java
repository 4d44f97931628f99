import java.io.IOException;

/** What the launchers have in common: they say where they listen, and end with the process that started them. */
final class Launcher {

    private Launcher() {}

    static void ready(int port) throws IOException {
        System.out.println("READY port=" + port);
        // Standard input ends when the starting process closes it or dies: a killed test run leaves no server behind.
        while (System.in.read() >= 0) {}
        System.exit(0);
    }
}
