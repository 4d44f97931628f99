package io.maintenanceagent.attach;

import java.io.File;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a {@code java} command runs. Stateless. */
final class JavaCommandLine {

    /** Those options of the launcher whose value is an argument of its own. */
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

    /** The main class, module or jar; the program's own name if it tells none. */
    static String runs(List<String> command) {
        if (command.isEmpty()) {
            return "?";
        }
        for (int i = 1; i < command.size(); i++) {
            String argument = command.get(i);
            boolean named = argument.equals("-jar") || argument.equals("-m") || argument.equals("--module");
            if (named && i + 1 < command.size()) {
                return command.get(i + 1);
            }
            if (WITH_VALUE.contains(argument)) {
                i++;
            } else if (!argument.startsWith("-") && !argument.startsWith("@") && !argument.isEmpty()) {
                return argument;
            }
        }
        return new File(command.get(0)).getName();
    }
}
