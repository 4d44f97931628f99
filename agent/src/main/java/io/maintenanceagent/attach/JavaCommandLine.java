package io.maintenanceagent.attach;

import java.io.File;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a {@code java} command runs. Stateless. */
final class JavaCommandLine {

    /** The launcher's options whose value is a separate argument. */
    private static final Set<String> WITH_VALUE = new HashSet<String>(Arrays.asList(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--add-reads",
            "--add-exports",
            "--add-opens",
            "--limit-modules",
            "--patch-module",
            "--source",
            "--enable-native-access"));

    private JavaCommandLine() {}

    /** Returns the main class, module or jar; the program's own name if there is none. */
    static String runs(List<String> command) {
        int main = main(command);
        return command.isEmpty() ? "?" : main < command.size() ? command.get(main) : new File(command.get(0)).getName();
    }

    /** Returns the options before the main class, module or jar. */
    static List<String> options(List<String> command) {
        return command.isEmpty() ? command : command.subList(1, Math.max(1, main(command)));
    }

    /** Returns the index of the main class, module or jar; the size if there is none. */
    private static int main(List<String> command) {
        for (int i = 1; i < command.size(); i++) {
            String argument = command.get(i);
            boolean named = argument.equals("-jar") || argument.equals("-m") || argument.equals("--module");
            if (named && i + 1 < command.size()) {
                return i + 1;
            }
            if (WITH_VALUE.contains(argument)) {
                i++;
            } else if (!argument.startsWith("-") && !argument.startsWith("@") && !argument.isEmpty()) {
                return i;
            }
        }
        return command.size();
    }
}
