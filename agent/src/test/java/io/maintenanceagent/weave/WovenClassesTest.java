package io.maintenanceagent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WovenClassesTest {

    @ParameterizedTest
    @CsvSource({
        "shop.Servlet,service,true",
        "shop.Servlet,doGet,false",
        "shop.Other,service,false",
        "org.apache.catalina.core.StandardHostValve,invoke,true",
        "org.apache.catalina.connector.CoyoteAdapter,service,false"
    })
    void tellsEntriesFromWhatIsAroundThem(String type, String method, boolean entry) {
        WovenClasses woven = new WovenClasses();
        woven.add("shop/Servlet");
        woven.add("org/apache/catalina/core/StandardHostValve");
        woven.add("org/apache/catalina/connector/CoyoteAdapter");
        assertEquals(entry, woven.test(new StackTraceElement(type, method, null, -1)));
    }
}
