package io.maintenanceagent.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaCommandLineTest {

    @ParameterizedTest
    @CsvSource({
        "java com.acme.Shop 8080, com.acme.Shop",
        "/usr/bin/java -Xmx1g -cp a.jar:b.jar com.acme.Shop, com.acme.Shop",
        "java -Dx=y -jar shop.jar --port 1, shop.jar",
        "java -p mods -m shop/com.acme.Shop, shop/com.acme.Shop",
        "java @options com.acme.Shop, com.acme.Shop",
        "/opt/jsvc -Xmx1g, jsvc",
        "java -jar, java",
        "java -cp, java",
    })
    void runs_command_mainClassModuleOrJar(String command, String runs) {
        assertEquals(runs, JavaCommandLine.runs(List.of(command.split(" "))));
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_402, 8", "17.0.15, 17", "25, 25", "25-ea, 25", "x, 0"})
    void feature_version_number(String version, int feature) {
        Properties properties = new Properties();
        properties.setProperty("java.version", version);
        assertEquals(feature, Jvm.of(1, "alice", "shop", properties).feature());
    }
}
