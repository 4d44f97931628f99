package io.maintenanceagent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.maintenanceagent.report.ErrorReporter;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said, true));
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    private Settings read(String argument) {
        Settings settings = Settings.read(argument, properties::get, environment, errors);
        errors.flush();
        return settings;
    }

    @Test
    void defaults() {
        properties.put("sun.java.command", "/opt/shop.jar --port 1");
        for (String argument : new String[] {null, "", "  "}) {
            Settings settings = read(argument);
            assertNull(settings.enable());
            assertEquals(new File("maintenance.mode").getAbsoluteFile(), settings.file());
            assertEquals("MAINTENANCE_MODE", settings.env());
            assertEquals("shop.jar", settings.app());
        }
        assertEquals("", said.toString());
    }

    @Test
    void theArgumentWinsOverThePropertyOverTheEnvironment() {
        environment.put("MAINTENANCE_FILE", "/environment");
        assertEquals(new File("/environment"), read(null).file());
        properties.put("maintenance.file", "/property");
        assertEquals(new File("/property"), read(null).file());
        assertEquals(new File("/argument=1"), read(" file = /argument=1 ,app=x").file());
        assertEquals("", said.toString());
    }

    @Test
    void aStoreIsAnyUri() {
        assertEquals(
                URI.create("file:/a%20b"), read("file=/x,store=file:/a%20b").store());
        Settings redis = read("store=redis://user:secret@host/0?key=x");
        assertEquals("redis://…@host/0?key=x", redis.storeName());
        assertNull(read("file=/x").store());
        assertEquals("", said.toString());
    }

    @Test
    void pathsAreMadeAbsolute() {
        assertEquals(new File("a.log").getAbsoluteFile(), read("audit=a.log").audit());
        assertEquals(new File("ext").getAbsoluteFile(), read("extensions=ext").extensions());
        assertNull(read(null).audit());
    }

    @Test
    void unknownOptionsAreNamed() {
        assertEquals(new File("/x"), read("enabled=true,file=/x,bare").file());
        assertEquals(
                "maintenance-agent: unknown option \"enabled=true\" is ignored;"
                        + " allowed: key=value with one of the keys enable, file, env, store, policy, extensions, app, audit\n"
                        + "maintenance-agent: unknown option \"bare\" is ignored;"
                        + " allowed: key=value with one of the keys enable, file, env, store, policy, extensions, app, audit\n",
                said.toString());
    }

    @Test
    void badValuesAreNamedAndCountAsNotGiven() {
        Settings settings = read("enable=maybe,file=,env=A=B,store=relative,app=");
        assertNull(settings.enable());
        assertEquals(new File("maintenance.mode").getAbsoluteFile(), settings.file());
        assertEquals("MAINTENANCE_MODE", settings.env());
        assertEquals("java", settings.app());
        String text = said.toString();
        assertEquals(5, text.lines().count(), text);
        for (String part : new String[] {
            "\"enable\" has the bad value \"maybe\" and is ignored; allowed: true or false",
            "\"file\" has the bad value \"\"",
            "\"env\" has the bad value \"A=B\"",
            "\"store\" has the bad value \"relative\" and is ignored; allowed: a URI like file:/path",
            "\"app\" has the bad value \"\"",
        }) {
            assertEquals(true, text.contains(part), part + " in " + text);
        }
    }
}
