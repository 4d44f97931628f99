package io.maintenanceagent.cli.command;

import io.maintenanceagent.cli.terminal.Times;
import io.maintenanceagent.match.HostPattern;
import io.maintenanceagent.match.PathPattern;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options, with errors that say what is allowed. Stateless. */
public final class Converters {

    private Converters() {}

    public static void register(CommandLine cli) {
        cli.registerConverter(Duration.class, converter(Times::duration));
        cli.registerConverter(Moment.class, converter(Moment::parse));
        cli.registerConverter(Percent.class, converter(Percent::parse));
        cli.registerConverter(ContextPath.class, converter(ContextPath::parse));
        cli.registerConverter(PathPattern.class, converter(PathPattern::parse));
        cli.registerConverter(HostPattern.class, converter(HostPattern::parse));
    }

    private static <T> ITypeConverter<T> converter(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                String why = e.getMessage();
                // Some name what they were given.
                throw new TypeConversionException(why.startsWith("allowed:") ? "\"" + text + "\"; " + why : why);
            }
        };
    }
}
