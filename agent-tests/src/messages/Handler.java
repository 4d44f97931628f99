import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;

/**
 * Handles messages: says when it begins and when it has done with each, and takes as long as standard input last said
 * ({@code slow MILLIS}).
 */
final class Handler {

    private static volatile long millis;

    private Handler() {}

    /** What else a line on standard input may ask for. */
    interface Command {
        void run(String[] words) throws Exception;
    }

    static void handle(String value) {
        System.out.println("BEGIN " + value);
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        System.out.println("HANDLED " + value);
    }

    /** Reads commands until standard input ends. */
    static void listen(Command other) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("slow")) {
                millis = Long.parseLong(words[1]);
            } else {
                other.run(words);
            }
            System.out.println("DONE " + line);
        }
    }

    /** The same on a thread of its own. */
    static void listenBeside(Command other) {
        Thread thread = new Thread(
                () -> {
                    try {
                        listen(other);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                "commands");
        thread.setDaemon(true);
        thread.start();
    }
}
