package io.maintenanceagent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.report.Printing;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said, true));
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    private Settings read(String argument) {
        Settings settings = Settings.read(argument, properties::get, environment, errors);
        errors.flush();
        Printing.await();
        return settings;
    }

    @Test
    void read_nothing_defaults() {
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
    void file_argumentPrecedesPropertyPrecedesEnvironment() {
        environment.put("MAINTENANCE_FILE", "/environment");
        assertEquals(new File("/environment"), read(null).file());
        properties.put("maintenance.file", "/property");
        assertEquals(new File("/property"), read(null).file());
        assertEquals(new File("/argument=1"), read(" file = /argument=1 ,app=x").file());
        assertEquals("", said.toString());
    }

    @Test
    void store_anyUri_isAccepted() {
        assertEquals(
                URI.create("file:/a%20b"), read("file=/x,store=file:/a%20b").store());
        Settings redis = read("store=redis://user:secret@host/0?key=x");
        assertEquals("redis://…@host/0?key=x", redis.storeName());
        assertNull(read("file=/x").store());
        assertEquals("", said.toString());
    }

    @Test
    void paths_relative_becomeAbsolute() {
        assertEquals(new File("a.log").getAbsoluteFile(), read("audit=a.log").audit());
        assertEquals(new File("ext").getAbsoluteFile(), read("extensions=ext").extensions());
        assertNull(read(null).audit());
    }

    @Test
    void argument_unknownKey_isReported() {
        assertEquals(new File("/x"), read("enabled=true,file=/x,bare").file());
        assertEquals(
                "maintenance-agent: unknown option \"enabled=true\" is ignored;"
                        + " allowed: key=value with one of the keys enable, file, env, store, policy, extensions, "
                        + "app, audit, guard\n"
                        + "maintenance-agent: unknown option \"bare\" is ignored;"
                        + " allowed: key=value with one of the keys enable, file, env, store, policy, extensions, "
                        + "app, audit, guard\n",
                said.toString());
    }

    @Test
    void values_bad_areReportedAndIgnored() {
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

    /** Each key, and the setting that it sets. */
    private static final Map<String, Function<Settings, Object>> KEYS = Map.of(
            "enable", settings -> settings.enable(),
            "file", settings -> settings.file().getPath(),
            "env", Settings::env,
            "store", settings -> String.valueOf(settings.store()),
            "policy", settings -> String.valueOf(settings.policy()),
            "extensions", settings -> String.valueOf(settings.extensions()),
            "app", Settings::app,
            "audit", settings -> String.valueOf(settings.audit()),
            "guard", settings -> settings.guards("http") + " " + settings.guards("jdbc"));

    private static final Map<String, List<String>> VALUES = Map.of(
            "enable", List.of("true", "false", "true"),
            "store", List.of("file:/1", "file:/2", "redis://h/0?key=3"),
            "guard", List.of("http+jdbc", "http", "jdbc"));

    static Set<String> keys() {
        return new TreeSet<>(KEYS.keySet());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void eachKey_argumentPrecedesPropertyPrecedesEnvironment(String key) {
        List<String> values = VALUES.getOrDefault(key, List.of("/1", "/2", "/3"));
        Function<Settings, Object> value = KEYS.get(key);
        Object unset = value.apply(read(null));
        environment.put("MAINTENANCE_" + key.toUpperCase(Locale.ROOT), values.get(0));
        Object ofEnvironment = value.apply(read(null));
        assertNotEquals(unset, ofEnvironment);
        properties.put("maintenance." + key, values.get(1));
        Object ofProperty = value.apply(read(null));
        assertNotEquals(ofEnvironment, ofProperty);
        Object ofArgument = value.apply(read(key + "=" + values.get(2)));
        assertNotEquals(ofProperty, ofArgument);
        environment.clear();
        properties.clear();
        assertEquals(ofArgument, value.apply(read(key + "=" + values.get(2))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"/srv/m.mode\"",
                "'/srv/m.mode'",
                " \"/srv/m.mode\" ",
                "file:/srv/m.mode",
                "file:///srv/m.mode",
                "\"file:/srv/m.mode\"",
                "FILE:/srv/m.mode"
            })
    void pathInQuotesOrAsUri_isThatPath(String value) {
        environment.put("MAINTENANCE_FILE", value);
        assertEquals(new File("/srv/m.mode"), read(null).file());
        assertEquals("", said.toString());
    }

    @Test
    void path_homeRelativeOrUnusual_isResolved() {
        properties.put("user.home", "/home/tom");
        for (String[] expected : new String[][] {
            {"~/m.mode", "/home/tom/m.mode"},
            {"'~/m.mode'", "/home/tom/m.mode"},
            {"file:~/m.mode", "/home/tom/m.mode"},
            {"/srv/a b/m.mode", "/srv/a b/m.mode"},
            {"file:/srv/a b/m.mode", "/srv/a b/m.mode"},
            {"file:/srv/a%20b/m.mode", "/srv/a b/m.mode"},
            {"/srv/a=b/m.mode", "/srv/a=b/m.mode"},
            {"/srv/~/m.mode", "/srv/~/m.mode"},
            {"./~tom", new File("./~tom").getAbsolutePath()},
            {"m.mode", new File("m.mode").getAbsolutePath()},
            {"file:m.mode", new File("m.mode").getAbsolutePath()},
            {"a:b", new File("a:b").getAbsolutePath()},
            {"/srv/größe/m.mode", "/srv/größe/m.mode"},
        }) {
            for (String key : new String[] {"file", "policy", "extensions", "audit"}) {
                String option = key + "=" + expected[0];
                Settings settings = read(option);
                Object path = KEYS.get(key).apply(settings);
                assertEquals(expected[1], path, option);
            }
        }
        assertEquals("", said.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"/srv/m.mode",
                "/srv/m.mode'",
                "redis://h:6379/0?key=shop",
                "http://h/m.mode",
                "rediss:h",
                "etcd://h:2379/k",
                "file://host/m.mode",
                "file:",
                "file:///m.mode?x=1",
                "~tom/m.mode",
                "${HOME}/m.mode",
                "$HOME/m.mode",
                "/srv/gr\uFFFD\uFFFDe/m.mode",
                "''"
            })
    void path_invalid_isReportedWithItsSetting(String value) {
        for (String key : new String[] {"file", "policy", "extensions", "audit"}) {
            said.reset();
            properties.put("maintenance." + key, value);
            Settings settings = read(null);
            properties.clear();
            assertEquals(new File("maintenance.mode").getAbsoluteFile(), settings.file());
            assertNull(settings.audit());
            String line = said.toString();
            assertEquals(1, line.lines().count(), line);
            assertTrue(line.startsWith("maintenance-agent: setting \"" + key + "\" has the bad value \""), line);
            assertTrue(line.contains("and is ignored; allowed: a path"), line);
        }
    }

    @Test
    void file_storeUri_namesTheRightSettingWithoutThePassword() {
        read("file=redis://user:secret@host/0?key=x");
        assertEquals(
                "maintenance-agent: setting \"file\" has the bad value \"redis://…@host/0?key=x\" and is ignored;"
                        + " allowed: a path; the URI of a store belongs into the setting \"store\"\n",
                said.toString());
    }

    @Test
    void path_outsideTheFileNameEncoding_isReported() {
        properties.put("sun.jnu.encoding", "ANSI_X3.4-1968");
        assertEquals(
                new File("maintenance.mode").getAbsoluteFile(),
                read("file=/srv/größe/m.mode").file());
        assertNull(read("store=file:/srv/gr%C3%B6%C3%9Fe/m.mode").store());
        assertEquals("größe", read("app=größe").app(), "which names no file");
        String lines = said.toString();
        assertEquals(2, lines.lines().count(), lines);
        for (String line : lines.split("\n")) {
            assertTrue(
                    line.endsWith(
                            "allowed: a path that this JVM can name; its file names are in ANSI_X3.4-1968, start it"
                                    + " in a UTF-8 locale (LC_ALL=C.UTF-8) for others"),
                    line);
        }
    }

    @Test
    void value_inQuotes_isUnquoted() {
        Settings settings = read("enable=\"true\",store='file:/x',env=\"X\",app='the shop',guard=\"http\"");
        assertEquals(true, settings.enable());
        assertEquals(URI.create("file:/x"), settings.store());
        assertEquals("X", settings.env());
        assertEquals("the shop", settings.app());
        assertEquals("", said.toString());
    }

    @Test
    void argument_extraCommas_areIgnored() {
        assertEquals(new File("/x"), read(",file=/x,,app=y,").file());
        assertEquals("", said.toString());
    }

    @Test
    void argument_duplicateKey_lastIsUsedAndReported() {
        assertEquals(new File("/b"), read("file=/a,file=/b").file());
        assertEquals(
                "maintenance-agent: option \"file\" is there more than once, and the last one counts; allowed: each key"
                        + " once\n",
                said.toString());
    }

    @Test
    void argument_unknownKey_hidesAPassword() {
        read("stroe=redis://user:secret@host/0");
        read("store=redis://:sec,ret@host/0");
        String text = said.toString();
        assertTrue(text.contains("unknown option \"stroe=redis://…@host/0\""), text);
        assertTrue(text.contains("unknown option \"…@host/0\""), text);
    }

    @Test
    void guard_kinds_areGuarded() {
        assertTrue(read(null).guards("http"));
        assertTrue(read("guard=http").guards("http"));
        assertEquals("", said.toString());
        Settings settings = read("guard=http + schedules+jdbc");
        assertTrue(settings.guards("http") && settings.guards("schedules") && settings.guards("jdbc"));
        assertFalse(settings.guards("messages"));
        assertEquals(List.of(WorkKind.SCHEDULES, WorkKind.JDBC), settings.guardedWork());
        assertEquals(List.of(), read(null).guardedWork());
        assertEquals("", said.toString());
        assertFalse(read("guard=messages").guards("http"));
        for (String bad : new String[] {"", "all", "http+", "http schedules", "HTTP"}) {
            said.reset();
            assertTrue(read("guard=" + bad).guards("http"));
            assertTrue(
                    said.toString().contains("allowed: http, schedules, messages, jdbc, joined by +"), said.toString());
        }
    }
}
