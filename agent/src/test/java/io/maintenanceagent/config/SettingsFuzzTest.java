package io.maintenanceagent.config;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.maintenanceagent.fuzz.Fuzz;
import io.maintenanceagent.report.ErrorReporter;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any argument of the agent gives settings; what cannot be used is reported. */
class SettingsFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void read_anyArgument_doesNotThrow(byte[] content) {
        read(content);
    }

    @Test
    void read_mutations_doesNotThrow() {
        Fuzz.run(
                "agent argument",
                SettingsFuzzTest::read,
                "enable=true,file=/srv/m.mode,env=FASTAPI_MAINTENANCE_MODE,policy=~/p.json,extensions=e,app=shop,"
                        + "audit=a",
                "store=redis://user:password@host:6379/0?key=NAME",
                "file=\"file:/srv/m.mode\",audit='a'",
                "");
    }

    private static void read(byte[] content) {
        String argument = new String(content, StandardCharsets.UTF_8);
        ErrorReporter errors = new ErrorReporter(new PrintStream(OutputStream.nullOutputStream()));
        Settings settings = Settings.read(argument, name -> null, Map.of(), errors);
        assertNotNull(settings.file());
        assertNotNull(settings.app());
        assertNotNull(settings.source());
        settings.storeName();
        settings.differences(argument, name -> argument, Map.of("MAINTENANCE_FILE", argument), errors);
    }
}
